import type { GuideInput, TeaInput } from '../../protocol/guide.ts';

/** A tea with three infusions, of 20, 30 and 45 seconds. */
export function teaNamed(teaId: string, changes: Partial<TeaInput> = {}): TeaInput {
  return { teaId, name: `茶 ${teaId}`, infusionSeconds: [20, 30, 45], ...changes };
}

export function guideOf(...teaIds: string[]): GuideInput {
  return { title: '春茶', teas: teaIds.map((teaId) => teaNamed(teaId)) };
}
