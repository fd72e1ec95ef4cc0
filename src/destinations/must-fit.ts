/** @throws Error that names the first option with a problem, told as a predicate: `telegramDestination: token is …` */
export function mustFit(maker: string, problems: Readonly<Record<string, string | undefined>>): void {
  for (const [option, problem] of Object.entries(problems)) {
    if (problem !== undefined) throw new Error(`${maker}: ${option} ${problem}`);
  }
}
