/**
 * For programs whose async functions are compiled. With `import 'asyncio-ts/compiled-types'` in one file, or the name in
 * `compilerOptions.types`, TypeScript accepts calls of async functions where they become tasks: `createTask(f())`,
 * `tg.createTask(f())`, `wait([f(), g()])`. Plain programs keep the error, as a promise cannot become a task there.
 */
declare global {
  interface AsyncioTsProgram {
    compiled: true
  }
}

export {}
