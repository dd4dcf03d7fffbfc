import { expect } from 'chai';
import { colorRow, describeColor, labText } from '../../../../web/src/color/describeColor.ts';

describe('what the colour picker says', () => {
  it('is the nearest byte of each channel, in six digits', () => {
    expect(describeColor([0.4, 10.6, 255]).hex).to.equal('#000bff');
  });

  it('is Lab with the white of sRGB: white, grey and red as published', () => {
    expect(labText(describeColor([255, 255, 255]).lab)).to.equal('100.0  0.0  0.0');
    expect(labText(describeColor([119, 119, 119]).lab)).to.equal('50.0  0.0  0.0');
    expect(labText(describeColor([255, 0, 0]).lab)).to.equal('53.2  80.1  67.2');
  });

  it('has a true minus', () => {
    expect(labText({ l: 81.46, a: -14.12, b: -0.01 })).to.equal('81.5  −14.1  0.0');
  });

  it('is copied as a row of cells, with numbers that a spreadsheet reads', () => {
    const cells = colorRow({ ...describeColor([228, 170, 46]), lab: { l: 81.46, a: -14.12, b: -0.01 } }, '金黄').split(
      '\t',
    );
    expect(cells).to.deep.equal(['金黄', '#E4AA2E', '81.5', '-14.1', '0.0']);
  });

  it('has a word', () => {
    expect(describeColor([228, 170, 46]).word.zh).to.equal('金黄');
  });
});
