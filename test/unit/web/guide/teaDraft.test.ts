import { expect } from 'chai';
import { guideSchema } from '../../../../protocol/guide.ts';
import { emptyTea, readGuideDraft, toGuideDraft, type TeaDraft } from '../../../../web/src/guide/teaDraft.ts';
import { guideOf, teaOf } from './sampleGuide.ts';

const read = (change: Partial<TeaDraft>) =>
  readGuideDraft({ title: 'Spring', teas: [{ ...emptyTea('t'), name: 'Longjing', ...change }] });
const problemOf = (field: keyof TeaDraft, change: Partial<TeaDraft>) => read(change).problems.get(`t/${field}`);

describe('a guide while it is written', () => {
  it('is the guide again where nothing was typed', () => {
    const guide = {
      title: 'Spring',
      teas: [
        teaOf('a', {
          origin: 'Hangzhou',
          harvest: 'spring 2026',
          leafGrams: 3.5,
          waterCelsius: 85,
          vessel: 'gaiwan',
          vesselMl: 110,
          infusionSeconds: [20, 90],
          flavours: ['chestnut', 'orchid'],
          notes: 'Two\nlines',
        }),
      ],
    };
    const { guide: again, problems } = readGuideDraft(toGuideDraft(guide));
    expect(again).to.deep.equal(guide);
    expect(problems.size).to.equal(0);
  });

  it('is taken by the protocol where it has no problems', () => {
    const { guide } = read({ leafGrams: '3,5', waterCelsius: '85', infusions: ['20', '', '1:30'] });
    expect(guideSchema.parse(guide).teas[0]).to.include({ leafGrams: 3.5, waterCelsius: 85, vesselMl: null });
    expect(guideSchema.parse(guide).teas[0]!.infusionSeconds).to.deep.equal([20, 90]);
  });

  it('takes flavours with commas of both languages', () => {
    expect(read({ flavours: '栗香、兰花，甘甜, sweet;;' }).guide.teas[0]!.flavours).to.deep.equal([
      '栗香',
      '兰花',
      '甘甜',
      'sweet',
    ]);
  });

  it('wants a title, and a name of each tea', () => {
    const { problems } = readGuideDraft({ title: ' ', teas: [emptyTea('a'), { ...emptyTea('b'), name: 'x' }] });
    expect([...problems]).to.deep.equal([
      ['title', { kind: 'missing' }],
      ['a/name', { kind: 'missing' }],
    ]);
  });

  it('is too long as a whole where it can not be sent as one, though each field is not', () => {
    const teas = Array.from({ length: 20 }, (_, index) => ({
      ...emptyTea(`t${index}`),
      name: '茶',
      notes: '香'.repeat(900),
    }));
    expect([...readGuideDraft({ title: '春茶', teas }).problems]).to.deep.equal([]);
    const longer = teas.map((tea) => ({ ...tea, notes: '香'.repeat(1_000) }));
    expect([...readGuideDraft({ title: '春茶', teas: longer }).problems]).to.deep.equal([
      ['guide', { kind: 'tooMuch' }],
    ]);
    const alsoNameless = readGuideDraft({ title: '', teas: longer }).problems;
    expect([...alsoNameless.keys()], 'what is missing first').to.deep.equal(['title']);
  });

  it('names the limits of what can not be saved', () => {
    expect(problemOf('waterCelsius', { waterCelsius: '101' })).to.deep.equal({ kind: 'number', least: 1, most: 100 });
    expect(problemOf('waterCelsius', { waterCelsius: '85.5' })).to.include({ kind: 'number' });
    expect(problemOf('leafGrams', { leafGrams: 'a pinch' })).to.include({ kind: 'number', least: 0.1 });
    expect(problemOf('infusions', { infusions: ['20', 'soon'] })).to.deep.equal({ kind: 'time', most: 3_600 });
    expect(problemOf('infusions', { infusions: ['0'] })).to.include({ kind: 'time' });
    expect(problemOf('flavours', { flavours: 'a,'.repeat(13) })).to.deep.equal({ kind: 'tooMany', most: 12 });
    expect(problemOf('notes', { notes: 'x'.repeat(2_001) })).to.deep.equal({ kind: 'tooLong', most: 2_000 });
    expect(problemOf('origin', { origin: 'x'.repeat(129) })).to.deep.equal({ kind: 'tooLong', most: 128 });
  });

  it('has no teas where there was no guide', () => {
    expect(toGuideDraft(null)).to.deep.equal({ title: '', teas: [] });
    expect(toGuideDraft(guideOf([20])).teas[0]!.infusions).to.deep.equal(['20']);
  });
});
