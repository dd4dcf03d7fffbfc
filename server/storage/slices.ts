/** Rows, or values of a list, in one statement: SQLite takes 32,766 values in all, PostgreSQL 65,535. */
const AT_ONCE = 1_000;

/** Items in parts that one statement can take. */
export function slices<T>(items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / AT_ONCE) }, (_, index) =>
    items.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
  );
}
