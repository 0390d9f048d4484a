import remapping from '@jridgewell/remapping'
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import type { Renderer } from './render.ts'

/** A source map, version 3. */
export interface SourceMap {
  version: 3
  file?: string
  names: string[]
  sources: (string | null)[]
  sourcesContent?: (string | null)[]
  mappings: string
}

/** A source map that an earlier step made: its object, or its JSON. */
export type InputMap = SourceMap | string

/** Translates lines and columns (from 1) by the map of an earlier step. */
export function originalPlaces(
  inputMap: InputMap | null,
): (line: number, column: number) => [line: number, column: number] {
  if (inputMap === null) return (line, column) => [line, column]
  const map = new TraceMap(inputMap)
  return (line, column) => {
    const found = originalPositionFor(map, { line, column: column - 1 })
    return found.line === null ? [line, column] : [found.line, found.column + 1]
  }
}

interface MapOptions {
  readonly renderer: Renderer
  readonly code: string
  readonly filename: string
  readonly inputMap: InputMap | null
}

/** The map of a compiled source, back to what the user wrote. */
export function composedMap({ renderer, code, filename, inputMap }: MapOptions): SourceMap {
  const map: SourceMap = {
    version: 3,
    names: renderer.names,
    sources: [filename],
    sourcesContent: [code],
    mappings: renderer.mappings.toString(),
  }
  if (inputMap === null) return map
  const { names, sources, sourcesContent, mappings } = remapping([map, inputMap], () => null)
  return { version: 3, names, sources, sourcesContent: sourcesContent ?? [], mappings: String(mappings) }
}
