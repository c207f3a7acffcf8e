"""People at work who ask for pages, each when it is their time: run as a program, plan on stdin, result on stdout.

Nobody waits with asking until others were answered, and a wait counts from the moment at which somebody meant to ask.
Needs nothing but the standard library, so that on a machine shared with the server it costs little.
"""

import asyncio
import json
import random
import sys
import time
from typing import Any

WARM_UP = 3.0  # seconds before waits count
TIMEOUT = 30.0  # seconds that an answer may take


async def work(plan: dict[str, Any], chance: random.Random, result: dict[str, Any]) -> None:
    """One person's asking, at random gaps of `every` seconds on average."""
    began = due = time.monotonic()
    end = began + WARM_UP + plan["seconds"]
    due += chance.uniform(0, plan["every"])
    while due < end:
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        page = chance.choices(plan["pages"], [one["weight"] for one in plan["pages"]])[0]
        try:
            status = await asyncio.wait_for(ask(plan["port"], page), TIMEOUT)
        except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
            status = type(error).__name__
        result["answers"] += 1
        if status != "200":
            result["failed"].append(f"{page['path']}: {status}")
        if due > began + WARM_UP:
            result["waits"].append(time.monotonic() - due)
        due += chance.expovariate(1 / plan["every"])


async def ask(port: int, page: dict[str, Any]) -> str:
    """The status of the answer, read to its end."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"GET {page['path']} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {page['cookie']}\r\n"
    writer.write(f"{head}Accept-Encoding: gzip\r\nConnection: close\r\n\r\n".encode())
    answer = await reader.read(-1)
    writer.close()
    return answer.split(b" ", 2)[1].decode() if answer else "no answer"


async def all_at_work(plan: dict[str, Any]) -> dict[str, Any]:
    result: dict[str, Any] = {"answers": 0, "waits": [], "failed": []}
    chance = random.Random(plan["seed"])
    people = [work(plan, random.Random(chance.random()), result) for _ in range(plan["people"])]
    await asyncio.gather(*people)
    return result


if __name__ == "__main__":
    print(json.dumps(asyncio.run(all_at_work(json.load(sys.stdin)))))
