# Right for lesson 3, and unusual: asyncio's streams, a coroutine for each connection on one event loop.
#
# It reads like a thread for each connection. But business that blocks, blocks the loop and everybody.
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "other_languages"))
import asyncio  # noqa: E402

import resp  # noqa: E402


async def serve(reader, writer):
    data = bytearray()
    try:
        ended = False
        while not ended and (chunk := await reader.read(65536)):
            data += chunk
            replies, ended = resp.answer_all(data, resp.run)
            writer.write(replies)
            await writer.drain()
        writer.close()
        await writer.wait_closed()
    except OSError:
        writer.close()  # That client is gone.


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", int(sys.argv[1]), backlog=511)
    await server.serve_forever()


asyncio.run(main())
