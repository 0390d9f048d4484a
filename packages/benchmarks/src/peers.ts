import { COMPILED } from './compiled-spelling.ts'

/** Something measured beside ours. */
export interface Peer {
  /** What the tables and `--peers` call it. */
  readonly label: string
  /** The file of the workload's folder that holds it. */
  readonly file: string
  /** What its bundle is called, where not as the file. */
  readonly bundle?: string
  /** The export to run: ours has two, one a spelling. */
  readonly export?: 'generators' | 'functions'
  /** The Python module it needs; absent for JavaScript. */
  readonly python?: string
}

const ours = (label: string, name: 'generators' | 'functions'): Peer => ({ label, file: 'asyncio-ts.ts', export: name })
/** The spelling with `await`, its async functions compiled. */
const compiled: Peer = { label: 'compiled', file: 'asyncio-ts.ts', bundle: `${COMPILED}.ts`, export: 'functions' }
const node = (file: string, label = file): Peer => ({ label, file: `${file}.ts` })

/** Ours: the columns of the tables. */
export const spellings: readonly Peer[] = [ours('yield*', 'generators'), compiled, ours('await', 'functions')]

/** Everyone, in the order in which they take turns. */
export const peers: readonly Peer[] = [
  ...spellings,
  { label: 'asyncio', file: 'asyncio_peer.py', python: 'asyncio' },
  { label: 'uvloop', file: 'asyncio_peer.py', python: 'uvloop' },
  { label: 'trio', file: 'trio_peer.py', python: 'trio' },
  node('effect'),
  node('effection'),
  node('native'),
  node('native-signal'),
  node('native-iterator'),
  node('async-mutex'),
  node('async-sema'),
  node('p-limit'),
  node('p-queue'),
  node('fastq'),
  node('execa'),
  node('piscina'),
  node('tinypool'),
  node('workerpool'),
  // Floors go through no scheduler: nothing else in the process runs while they do.
  node('floor'),
  node('bare-node'),
  { label: 'bare-python', file: 'bare_python.py', python: 'sys' },
]
