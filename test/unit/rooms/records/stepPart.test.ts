import { expect } from 'chai';
import { noStep, stepPart, type StepState } from '../../../../server/rooms/records/stepPart.ts';

/** A node, with clocks of its own. */
function nodeWith({ nodeMs, wallMs }: { nodeMs: number; wallMs: number }) {
  const clocks = { nodeMs, wallMs };
  const part = stepPart({ nodeMs: () => clocks.nodeMs, wallMs: () => clocks.wallMs });
  const passMs = (ms: number) => {
    clocks.nodeMs += ms;
    clocks.wallMs += ms;
  };
  return { part, clocks, passMs };
}

/** As JSON has it. */
const sent = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const running = (runningSince: number, elapsedMs = 0): StepState => ({
  teaId: 'oolong',
  infusion: 1,
  timer: { runningSince, elapsedMs, durationMs: 20_000 },
});
const standing: StepState = { ...running(0), timer: { runningSince: null, elapsedMs: 700, durationMs: 20_000 } };

describe('the step of a tasting, from node to node', () => {
  it('has run as long on each of them, whatever their clocks say', () => {
    const one = nodeWith({ nodeMs: 5_000, wallMs: 1_000_000 });
    const two = nodeWith({ nodeMs: 900_000, wallMs: 7 });
    const step = running(4_000, 250);
    one.passMs(3_000);
    const told = two.part.fromTold(sent(one.part.toTold(step)));
    expect(told).to.deep.equal(running(900_000, 250 + 4_000));
    two.passMs(500);
    const back = one.part.fromTold(sent(two.part.toTold(told)));
    expect(back).to.deep.equal(running(8_000, 4_750));
  });

  it('runs on while it is kept and no process has it', () => {
    const before = nodeWith({ nodeMs: 5_000, wallMs: 1_000_000 });
    const stored = sent(before.part.toStored(running(4_000)));
    const after = nodeWith({ nodeMs: 10, wallMs: 1_060_000 });
    expect(after.part.fromStored(stored)).to.deep.equal(running(10, 61_000));
  });

  it('is not set back where the clock on the wall is', () => {
    const before = nodeWith({ nodeMs: 5_000, wallMs: 1_000_000 });
    const stored = sent(before.part.toStored(running(4_000)));
    const after = nodeWith({ nodeMs: 10, wallMs: 400_000 });
    expect(after.part.fromStored(stored)).to.deep.equal(running(10, 1_000));
  });

  it('stands as it stood, and is nothing where it was nothing', () => {
    const one = nodeWith({ nodeMs: 5_000, wallMs: 1_000_000 });
    const two = nodeWith({ nodeMs: 900_000, wallMs: 9_000_000 });
    for (const step of [standing, noStep, { ...standing, timer: null }]) {
      expect(two.part.fromTold(sent(one.part.toTold(step)))).to.deep.equal(step);
      expect(two.part.fromStored(sent(one.part.toStored(step)))).to.deep.equal(step);
    }
  });
});
