import { expect } from 'chai';
import { formatTime } from '../../../../web/src/i18n/formatTime.ts';

describe('when something was', () => {
  const at = (day: number, year = 2026) => new Date(year, 10, day, 9, 5).getTime();
  const now = new Date(2026, 10, 22, 20, 0).getTime();

  it('is the time where it was today', () => {
    expect(formatTime(at(22), now, 'en')).to.equal('09:05');
    expect(formatTime(at(22), now, 'zh')).to.equal('09:05');
  });

  it('has the day where it was another one, and the year where it was another one', () => {
    expect(formatTime(at(21), now, 'zh')).to.equal('11月21日 09:05');
    expect(formatTime(at(21), now, 'en')).to.equal('Nov 21, 09:05');
    expect(formatTime(at(22, 2025), now, 'zh')).to.match(/^2025年11月22日/);
    expect(formatTime(at(22, 2025), now, 'en')).to.match(/2025/);
  });
});
