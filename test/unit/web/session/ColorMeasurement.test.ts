import { expect } from 'chai';
import { ChaxiError } from '../../../../protocol/ChaxiError.ts';
import type { CardReading } from '../../../../client-sdk/src/color/index.ts';
import { ColorMeasurement } from '../../../../web/src/session/ColorMeasurement.ts';
import { cardReading, picture } from './cardReadings.ts';

describe('a measurement of colours', () => {
  let readings: (CardReading | null | Error)[];
  let calls: string[];
  let reads: number;
  /** Since the last read. */
  let rested: boolean;
  let measurement: ColorMeasurement;
  /** Called before each look. */
  let beforeLook: () => void;

  beforeEach(() => {
    readings = [];
    calls = [];
    reads = 0;
    rested = false;
    beforeLook = () => undefined;
    measurement = new ColorMeasurement({
      capture: () => {
        beforeLook();
        return Promise.resolve(picture());
      },
      read: () => {
        reads++;
        rested = false;
        const reading = readings.length > 1 ? readings.shift()! : (readings[0] ?? null);
        return reading instanceof Error ? Promise.reject(reading) : Promise.resolve(reading);
      },
      hold: () => {
        calls.push('hold');
        return Promise.resolve();
      },
      free: () => {
        calls.push('free');
        return Promise.resolve();
      },
      restore: () => {
        calls.push('restore');
        return Promise.resolve();
      },
      rest: () => {
        rested = true;
      },
      pause: () => Promise.resolve(),
    });
  });

  it('lets the camera adjust itself, and ends with a result and with the camera held', async () => {
    readings = [null, cardReading()];
    await measurement.start();
    expect(measurement.result).to.deep.equal(cardReading());
    expect(measurement).to.include({ running: false, outline: null });
    expect(calls).to.deep.equal(['free', 'hold']);
  });

  it('leaves the camera held when the result is kept, and as it was before when it is not', async () => {
    readings = [cardReading()];
    await measurement.start();
    measurement.keep();
    await measurement.stop();
    expect(measurement.result).to.equal(null);
    expect(calls).to.deep.equal(['free', 'hold']);

    await measurement.start();
    await measurement.stop();
    expect(calls).to.deep.equal(['free', 'hold', 'free', 'hold', 'restore']);
  });

  it('shows where the card is, in the size of the picture', async () => {
    readings = [cardReading()];
    const outlines: unknown[] = [];
    measurement.subscribe(() => outlines.push(measurement.outline));
    await measurement.start();
    expect(outlines).to.deep.include({ corners: cardReading().corners, width: 4, height: 3 });
  });

  it('lets the camera adjust itself again while it looks anew', async () => {
    const lost = Array.from({ length: 5 }, () => null);
    readings = [cardReading(), cardReading(), cardReading(), ...lost, cardReading()];
    await measurement.start();
    expect(calls).to.deep.equal(['free', 'hold', 'free', 'hold']);
    expect(measurement.result).not.to.equal(null);
  });

  it('stops where it is, without a result', async () => {
    readings = [null];
    let looks = 0;
    beforeLook = () => {
      if (++looks === 3) void measurement.stop();
    };
    await measurement.start();
    expect(measurement).to.include({ running: false, result: null, error: null });
  });

  it('reads nothing after it was stopped, not even a picture that was on its way', async () => {
    beforeLook = () => void measurement.stop();
    await measurement.start();
    expect(reads).to.equal(0);
  });

  it('needs nobody to read when it has ended, well or not', async () => {
    for (const reading of [cardReading(), new ChaxiError('browserUnsupported')]) {
      readings = [reading];
      await measurement.start();
      expect(reads).to.be.above(0);
      expect(rested).to.equal(true);
    }
  });

  it('goes on with what is wrong when the person says so', async () => {
    readings = [cardReading({ problems: ['mixedLight'] })];
    measurement.subscribe(() => {
      if (measurement.problems.includes('mixedLight')) measurement.tolerate();
    });
    await measurement.start();
    expect(measurement.result?.problems).to.deep.equal(['mixedLight']);
  });

  it('says why it failed, and leaves the camera as it was', async () => {
    readings = [cardReading(), cardReading(), cardReading(), new ChaxiError('browserUnsupported')];
    await measurement.start();
    expect(measurement).to.include({ running: false, result: null, error: 'browserUnsupported' });
    expect(calls).to.deep.equal(['free', 'hold', 'restore']);
    readings = [cardReading()];
    await measurement.start();
    expect(measurement.error).to.equal(null);
  });
});
