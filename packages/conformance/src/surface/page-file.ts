import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { compatibilityPage } from './compatibility-page.ts'
import { readDifferences } from './differences.ts'
import { Evidence } from './evidence.ts'
import { surface } from './surface.ts'
import type { Row } from './surface.ts'

const PAGE = new URL('../../../../docs/compatibility.md', import.meta.url)

export const readPage = (): string => (existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '')
export const writePage = (page: string): void => writeFileSync(PAGE, page)

/** What the page has to be; without `fillsGaps` a name that nothing shows may stay so. */
export function renderPage({ fillsGaps }: { fillsGaps: boolean }): { rows: Row[]; page: string } {
  const rows = surface(new Evidence(readPage(), fillsGaps))
  return { rows, page: compatibilityPage(rows, readDifferences()) }
}
