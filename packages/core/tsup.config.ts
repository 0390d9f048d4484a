import { defineConfig } from 'tsup'
import base from '../../tsup.base.ts'

/** Both entries share their modules: a class exists once, in CommonJS too. */
export default defineConfig({ ...base, entry: ['src/index.ts', 'src/primitives.ts'], splitting: true })
