import { defineConfig } from 'tsup'
import base from '../../tsup.base.ts'

/** All entries share their modules: a class exists once, in CommonJS too. */
export default defineConfig({
  ...base,
  entry: ['src/index.ts', 'src/primitives.ts', 'src/compiled.ts'],
  splitting: true,
})
