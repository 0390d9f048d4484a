/** Sends 64 bytes again and again, and prints how long the answers took: `node echo-client.js PORT N SECONDS`. */
import { once } from 'node:events'
import { connect } from 'node:net'

const [port, n, seconds] = process.argv.slice(2).map(Number) as [number, number, number]
const socket = connect(port, '127.0.0.1')
socket.setNoDelay(true)
await once(socket, 'connect')

const message = Buffer.alloc(64, 'x')
let received = 0
let answered = (): void => undefined
socket.on('data', (data) => {
  received += data.length
  if (received === message.length) answered()
})

async function echo(): Promise<number> {
  received = 0
  const start = performance.now()
  await new Promise<void>((resolve) => {
    answered = resolve
    socket.write(message)
  })
  return (performance.now() - start) * 1e3
}

const warmUps = Math.min(200, n)
for (let i = 0; i < warmUps; i++) await echo()
const end = performance.now() + seconds * 1e3
const delays: number[] = []
while (delays.length < n && performance.now() < end) delays.push(await echo())
socket.destroy()
delays.sort((a, b) => a - b)
const at = (part: number): number => delays[Math.min(delays.length - 1, Math.floor(delays.length * part))]!
console.log(JSON.stringify({ value: at(0.5), extras: { p99: at(0.99), echoes: delays.length } }))
