import type { Guide, Tea } from '../../../../client-sdk/src/index.ts';

export function teaOf(teaId: string, change: Partial<Tea> = {}): Tea {
  return {
    teaId,
    name: `Tea ${teaId}`,
    origin: '',
    harvest: '',
    leafGrams: null,
    waterCelsius: null,
    vessel: '',
    vesselMl: null,
    infusionSeconds: [],
    flavours: [],
    notes: '',
    ...change,
  };
}

/** Teas `tea1`, `tea2` … with these infusions. */
export function guideOf(...infusions: number[][]): Guide {
  return {
    title: 'Spring',
    teas: infusions.map((infusionSeconds, index) => teaOf(`tea${index + 1}`, { infusionSeconds })),
  };
}
