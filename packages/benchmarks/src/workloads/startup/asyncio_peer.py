import asyncio
import sys


async def main():
    await asyncio.sleep(0)


if sys.argv[1] == "uvloop":
    import uvloop

    uvloop.install()
asyncio.run(main())
