import { teaFields, type GuideDraft, type TeaDraft, type TeaField } from './teaDraft.ts';

/** What someone else did to a guide while one wrote on it. `tea` is a name, which may be empty. */
export type GuideChange =
  | { kind: 'title'; title: string }
  | { kind: 'reordered' }
  | { kind: 'added' | 'removed' | 'removedKept'; tea: string }
  | { kind: 'changed' | 'both'; tea: string; fields: readonly TeaField[] };

/**
 * What is typed, on a guide that someone else has changed meanwhile (a merge of three, by fields): their changes come in, and
 * where both changed the same the own one stays. `base` is what the typing began from.
 */
export function rebaseDraft(
  base: GuideDraft,
  mine: GuideDraft,
  theirs: GuideDraft,
): { draft: GuideDraft; changes: readonly GuideChange[] } {
  const changes: GuideChange[] = [];
  const title = mine.title === base.title ? theirs.title : mine.title;
  if (theirs.title !== base.title && theirs.title !== mine.title) changes.push({ kind: 'title', title: theirs.title });
  const baseTeas = byId(base.teas);
  const myTeas = byId(mine.teas);
  const theirTeas = byId(theirs.teas);
  const merged = new Map<string, TeaDraft>();
  for (const [teaId, tea] of myTeas) {
    const theirTea = theirTeas.get(teaId);
    const baseTea = baseTeas.get(teaId);
    if (theirTea) merged.set(teaId, mergeTea(baseTea, tea, theirTea, changes));
    else if (!baseTea) merged.set(teaId, tea);
    else if (changedFields(baseTea, tea).length === 0) changes.push({ kind: 'removed', tea: tea.name });
    else {
      merged.set(teaId, tea);
      changes.push({ kind: 'removedKept', tea: tea.name });
    }
  }
  for (const [teaId, tea] of theirTeas) {
    if (myTeas.has(teaId) || baseTeas.has(teaId)) continue;
    merged.set(teaId, tea);
    changes.push({ kind: 'added', tea: tea.name });
  }
  const orders = { base: [...baseTeas.keys()], mine: [...myTeas.keys()], theirs: [...theirTeas.keys()] };
  const iMoved = isOtherOrder(orders.base, orders.mine);
  if (isOtherOrder(orders.base, orders.theirs) && isOtherOrder(orders.mine, orders.theirs)) {
    changes.push({ kind: 'reordered' });
  }
  const order = iMoved ? weave(orders.mine, orders.theirs) : weave(orders.theirs, orders.mine);
  const teas = order.flatMap((teaId) => merged.get(teaId) ?? []);
  return { draft: { title, teas }, changes };
}

function mergeTea(base: TeaDraft | undefined, mine: TeaDraft, theirs: TeaDraft, changes: GuideChange[]): TeaDraft {
  const differing = changedFields(mine, theirs);
  const isMine = (field: TeaField) => !base || !isSame(base[field], mine[field]);
  const isTheirs = (field: TeaField) => !base || !isSame(base[field], theirs[field]);
  const changed = differing.filter((field) => !isMine(field));
  const both = differing.filter((field) => isMine(field) && isTheirs(field));
  if (changed.length > 0) changes.push({ kind: 'changed', tea: theirs.name, fields: changed });
  if (both.length > 0) changes.push({ kind: 'both', tea: mine.name, fields: both });
  return { ...mine, ...Object.fromEntries(changed.map((field) => [field, theirs[field]])) };
}

function changedFields(one: TeaDraft, other: TeaDraft): TeaField[] {
  return teaFields.filter((field) => !isSame(one[field], other[field]));
}

function isSame(one: TeaDraft[TeaField], other: TeaDraft[TeaField]): boolean {
  return String(one) === String(other);
}

function byId(teas: readonly TeaDraft[]): Map<string, TeaDraft> {
  return new Map(teas.map((tea) => [tea.teaId, tea]));
}

/** Whether those that are in both stand in another order. */
function isOtherOrder(one: readonly string[], other: readonly string[]): boolean {
  const inBoth = (list: readonly string[], counterpart: readonly string[]) =>
    list.filter((teaId) => counterpart.includes(teaId)).join();
  return inBoth(one, other) !== inBoth(other, one);
}

/** The first order, with what only the second has behind what it followed there. */
function weave(first: readonly string[], second: readonly string[]): string[] {
  const order = [...first];
  for (const [place, teaId] of second.entries()) {
    if (order.includes(teaId)) continue;
    order.splice(order.indexOf(second[place - 1] ?? '') + 1, 0, teaId);
  }
  return order;
}
