import asyncio
import sys

import aiohttp


async def get(url, trust_env):
    timeout = aiohttp.ClientTimeout(total=5)
    async with aiohttp.ClientSession(trust_env=trust_env, timeout=timeout) as session:
        async with session.get(url) as response:
            await response.read()


asyncio.run(get(sys.argv[1], "trust_env" in sys.argv[2:]))
