import { defineConfig } from 'tsup'
import base from '../../tsup.base.ts'

/**
 * All entries share their modules: a class exists once, in CommonJS too.
 *
 * `compiled-types` is copied from `public`: it changes types in the whole program that it is in, and so it may not be in
 * that of our sources.
 */
export default defineConfig({
  ...base,
  entry: ['src/index.ts', 'src/primitives.ts', 'src/compiled.ts'],
  splitting: true,
})
