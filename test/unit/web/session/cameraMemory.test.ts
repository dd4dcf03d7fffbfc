import { expect } from 'chai';
import fc from 'fast-check';
import { parseCameraMemories, remember, type CameraMemory } from '../../../../web/src/session/cameraMemory.ts';

const memory: CameraMemory = {
  settings: {
    whiteBalance: { mode: 'manual', temperature: 4_000 },
    exposure: { mode: 'continuous', compensation: -0.5 },
    focus: { mode: 'manual', distance: 0.3 },
    torch: true,
    zoom: 2,
  },
  correction: {
    correction: { gains: [1.1, 1, 0.9], matrix: [1, 0, 0, 0, 1, 0, 0, 0, 1] },
    before: 9.5,
    after: 1.1,
    measuredAt: 1_790_000_000_000,
    camera: { whiteBalance: { mode: 'manual', temperature: 4_100 } },
  },
};

describe('the memory of cameras', () => {
  it('comes back as it was kept', () => {
    const kept = JSON.stringify(remember(new Map(), 'cup', memory));
    expect(parseCameraMemories(kept).get('cup')).to.deep.equal(memory);
  });

  it('changes one thing of one camera', () => {
    const before = new Map([
      ['cup', memory],
      ['other', { settings: { zoom: 1 } }],
    ]);
    const after = new Map(remember(before, 'cup', { settings: { zoom: 3 } }));
    expect(after.get('cup')).to.deep.equal({ ...memory, settings: { zoom: 3 } });
    expect(after.get('other')).to.deep.equal({ settings: { zoom: 1 } });
  });

  it('holds the eight cameras that were used last', () => {
    let memories = new Map<string, CameraMemory>();
    for (let camera = 0; camera < 9; camera++) {
      memories = new Map(remember(memories, `camera ${camera}`, { settings: {} }));
      memories = new Map(remember(memories, 'camera 0', { settings: { zoom: camera } }));
    }
    expect([...memories.keys()]).to.deep.equal([2, 3, 4, 5, 6, 7, 8, 0].map((camera) => `camera ${camera}`));
  });

  it('leaves out what is no number, no mode, or of another length', () => {
    const settings = {
      whiteBalance: { mode: 'magic', temperature: '4000' },
      zoom: null,
      torch: 1,
      exposure: { time: 5 },
    };
    const correction = { ...memory.correction, correction: { gains: [1, 1], matrix: [1] } };
    const text = JSON.stringify([['cup', { settings, correction }], ['no memory', 7], [3, memory], 'nothing']);
    expect(parseCameraMemories(text)).to.deep.equal(
      new Map([['cup', { settings: { whiteBalance: {}, exposure: { time: 5 } } }]]),
    );
  });

  it('survives anything that stands in the storage', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(parseCameraMemories(text)).to.be.a('map');
      }),
    );
    expect(parseCameraMemories(null).size).to.equal(0);
  });
});
