import { builtin } from '../builtin.ts'

/** The protocols that services are known under. */
export type ServiceProtocol = 'tcp' | 'udp'

interface Service {
  readonly names: readonly string[]
  readonly port: number
  readonly protocol: string
}

let known: readonly Service[] | undefined

/** The port of a service such as `http`; `undefined` when the system does not know it. */
export function portOfService(name: string, protocol?: ServiceProtocol): number | undefined {
  const isIt = (each: Service): boolean => each.names.includes(name)
  return services().find((each) => isIt(each) && (protocol === undefined || each.protocol === protocol))?.port
}

/** The name of the service at a port, or the port in digits. */
export function serviceOfPort(port: number, protocol: ServiceProtocol): string {
  return services().find((each) => each.port === port && each.protocol === protocol)?.names[0] ?? String(port)
}

/** The system's own list: a host has no call that asks for it. */
function services(): readonly Service[] {
  return (known ??= parse(readServices()))
}

function readServices(): string {
  try {
    return builtin('node:fs').readFileSync('/etc/services', 'utf8')
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return ''
    throw error
  }
}

function parse(text: string): Service[] {
  const found: Service[] = []
  for (const line of text.split('\n')) {
    const match = /^([^\s#]+)\s+(\d+)\/(\w+)([^#]*)/.exec(line)
    if (match === null) continue
    const [, name = '', port, protocol = '', aliases = ''] = match
    found.push({ names: [name, ...aliases.split(/\s+/).filter(Boolean)], port: Number(port), protocol })
  }
  return found
}
