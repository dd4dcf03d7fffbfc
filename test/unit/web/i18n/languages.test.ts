import { expect } from 'chai';
import { errorCodes } from '../../../../protocol/errorCodes.ts';
import { chooseLanguage, messagesIn, type Language } from '../../../../web/src/i18n/languages.ts';

const languages: Language[] = ['zh', 'en'];

/** Every text, with the path of its key; functions are called with names and numbers. */
function textsOf(value: unknown, path = ''): [path: string, text: string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') {
    if (path === '.sentence') return [];
    return [[path, String((value as (...args: unknown[]) => string)('王怡', 2))]];
  }
  return Object.entries(value as object).flatMap(([key, child]) => textsOf(child, `${path}.${key}`));
}

describe('words', () => {
  for (const language of languages) {
    it(`in ${language} say what happened and what to do for every error code and no other`, () => {
      const { errors } = messagesIn(language);
      expect(Object.keys(errors).toSorted()).to.deep.equal(Object.keys(errorCodes).toSorted());
      for (const { what, how } of Object.values(errors)) {
        expect(what).to.match(/\S/);
        expect(how).to.match(/[。.]$/);
      }
    });

    it(`in ${language} are never empty`, () => {
      const empty = textsOf(messagesIn(language)).filter(([path, text]) => text === '' && path !== '.gap');
      expect(empty).to.deep.equal([]);
    });
  }

  it('have the same keys in both languages', () => {
    const [zh, en] = languages.map((language) => textsOf(messagesIn(language)).map(([path]) => path));
    expect(zh).to.deep.equal(en);
  });

  it('in Chinese use Chinese punctuation', () => {
    const western = textsOf(messagesIn('zh')).filter(([, text]) =>
      /\p{Script=Han}[,.;:?!]|[,;:?!]\p{Script=Han}/u.test(text),
    );
    expect(western).to.deep.equal([]);
  });

  it('join an error into one line', () => {
    const error = { what: 'A', how: 'B.' };
    expect(messagesIn('zh').sentence(error)).to.equal('A。B.');
    expect(messagesIn('en').sentence(error)).to.equal('A. B.');
  });
});

describe('choice of language', () => {
  const cases: [wanted: (string | null | undefined)[], chosen: Language][] = [
    [['zh-CN'], 'zh'],
    [['zh-Hant-TW'], 'zh'],
    [['ZH_cn'], 'zh'],
    [['en-GB', 'zh'], 'en'],
    [[undefined, null, '', 'zh'], 'zh'],
    [['fr-FR', 'zh-CN'], 'zh'],
    [['fr-FR'], 'en'],
    [[], 'en'],
  ];
  for (const [wanted, chosen] of cases) {
    it(`of ${JSON.stringify(wanted)} is ${chosen}`, () => {
      expect(chooseLanguage(wanted)).to.equal(chosen);
    });
  }
});
