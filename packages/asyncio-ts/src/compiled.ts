/** What compiled async functions run on. The compiler imports it; programs do not. */
export * from '@asyncio-ts/core/compiled'
