/** Functions run in pools of threads and processes, with typed calls and cancellation: toThread, runInExecutor and executors in TypeScript. */
export {}
