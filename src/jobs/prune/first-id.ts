/** The first id above `known` of which `isPast` holds, as it does of all behind it. Ids are dense enough to double and halve. */
export async function firstIdPast(known: number, isPast: (id: number) => Promise<boolean>): Promise<number> {
  let step = 1;
  while (!(await isPast(known + step))) step *= 2;
  let [low, high] = [known, known + step];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (await isPast(middle)) high = middle;
    else low = middle;
  }
  return high;
}
