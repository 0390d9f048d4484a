/** What one check of `npm run conformance` found. */
export interface Check {
  name: string
  total: number
  passed: number
  /** The rest of the line in the table. */
  note: string
  failures: string[]
}
