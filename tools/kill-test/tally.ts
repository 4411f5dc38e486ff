/** What a run of the kill test did and found; shared by its lanes. */
export class Tally {
  readonly #violations: string[] = []
  readonly #log: (line: string) => void
  kills = 0
  killsAtStart = 0
  killsWhileWriting = 0
  killsOfImports = 0
  killsOfExports = 0
  importsFinished = 0
  exportsFinished = 0
  jobsResumedByHand = 0
  acknowledgedWrites = 0
  readonly startupsMs: number[] = []

  constructor(log: (line: string) => void) {
    this.#log = log
  }

  get violations(): readonly string[] {
    return this.#violations
  }

  say(line: string): void {
    this.#log(line)
  }

  violate(where: string, what: readonly string[]): void {
    for (const sentence of what) {
      this.#violations.push(`${where}: ${sentence}`)
      this.#log(`VIOLATION ${where}: ${sentence}`)
    }
  }

  summary(): Record<string, unknown> {
    const sorted = this.startupsMs.toSorted((left, right) => left - right)
    return {
      kills: this.kills,
      killsAtStart: this.killsAtStart,
      killsWhileWriting: this.killsWhileWriting,
      killsOfImports: this.killsOfImports,
      killsOfExports: this.killsOfExports,
      importsFinished: this.importsFinished,
      exportsFinished: this.exportsFinished,
      jobsResumedByHand: this.jobsResumedByHand,
      acknowledgedWrites: this.acknowledgedWrites,
      startupMedianMs: Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0),
      violations: this.#violations,
    }
  }
}
