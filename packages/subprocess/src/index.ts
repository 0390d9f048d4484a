/** Other programs, talked to through streams, with cancellation and no zombies: asyncio.subprocess in TypeScript. */
export {}
