/**
 * Solves a small system of equations by elimination with the largest pivot.
 *
 * @param rows n rows of n factors and the value on the right
 * @returns n unknowns, or null where the rows do not determine them
 */
export function solveLinear(rows: readonly (readonly number[])[]): number[] | null {
  const size = rows.length;
  const system = rows.map((row) => [...row]);
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(system[row]![column]!) > Math.abs(system[pivot]![column]!)) pivot = row;
    }
    [system[column], system[pivot]] = [system[pivot]!, system[column]!];
    const top = system[column]!;
    if (!(Math.abs(top[column]!) > 1e-12)) return null;
    for (let row = 0; row < size; row++) {
      if (row === column) continue;
      const factor = system[row]![column]! / top[column]!;
      for (let k = column; k <= size; k++) system[row]![k]! -= factor * top[k]!;
    }
  }
  return system.map((row, index) => row[size]! / row[index]!);
}

/** Gathers equations and finds what fits all of them best, by the square of the error. */
export class LeastSquares {
  readonly #rows: number[][];

  constructor(unknowns: number) {
    this.#rows = Array.from({ length: unknowns }, () => new Array<number>(unknowns + 1).fill(0));
  }

  /** The sum of factor times unknown is to be the value. */
  add(factors: readonly number[], value: number, weight = 1): void {
    for (const [index, row] of this.#rows.entries()) {
      const share = weight * factors[index]!;
      if (share === 0) continue;
      for (let k = 0; k < factors.length; k++) row[k]! += share * factors[k]!;
      row[factors.length]! += share * value;
    }
  }

  solve(): number[] | null {
    return solveLinear(this.#rows);
  }
}
