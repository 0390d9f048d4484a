/** Virtual time, seeded schedules and replay for concurrent programs. */
export {}
