export { transform } from './transform.ts'
export type { TransformOptions, TransformResult } from './transform.ts'
export type { InputMap, SourceMap } from './source-map.ts'
export type { Pattern } from './file-filter.ts'
