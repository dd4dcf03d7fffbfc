import { expect } from 'chai';
import {
  formatBytes,
  formatClock,
  formatDay,
  formatDuration,
  formatWhen,
} from '../../../../web/src/i18n/formatChat.ts';
import { messagesIn } from '../../../../web/src/i18n/languages.ts';

const now = new Date(2026, 3, 5, 14, 5).getTime();
const words = messagesIn('en').chat;
const at = (month: number, day: number, year = 2026) => new Date(year, month, day, 9, 3).getTime();

describe('times of messages', () => {
  it('are a day in words where it is near, with its weekday where it is not, and with the year of another one', () => {
    expect(formatDay(at(3, 5), now, 'en', words)).to.equal('Today');
    expect(formatDay(at(3, 4), now, 'en', words)).to.equal('Yesterday');
    expect(formatDay(at(3, 3), now, 'en', words)).to.equal('Friday, April 3');
    expect(formatDay(at(3, 3), now, 'zh', messagesIn('zh').chat)).to.equal('4月3日星期五');
    expect(formatDay(at(11, 31, 2025), now, 'en', words)).to.equal('Wednesday, December 31, 2025');
  });

  it('are short in a list', () => {
    expect(formatWhen(at(3, 5), now, 'en', words)).to.equal('09:03');
    expect(formatWhen(at(3, 4), now, 'en', words)).to.equal('Yesterday');
    expect(formatWhen(at(3, 1), now, 'en', words)).to.equal('Apr 1');
    expect(formatWhen(at(3, 1, 2024), now, 'en', words)).to.equal('Apr 1, 2024');
  });

  it('have 24 hours', () => {
    expect(formatClock(now, 'en')).to.equal('14:05');
  });
});

describe('a duration', () => {
  it('is in minutes and seconds', () => {
    expect([0, 9_400, 61_000, 600_000].map(formatDuration)).to.deep.equal(['0:00', '0:09', '1:01', '10:00']);
  });
});

describe('a size', () => {
  it('has two or three digits and a unit', () => {
    expect([0, 999, 1_500, 482_000, 12_345_678].map((bytes) => formatBytes(bytes, 'en'))).to.deep.equal([
      '0 B',
      '999 B',
      '1.5 kB',
      '482 kB',
      '12 MB',
    ]);
  });
});
