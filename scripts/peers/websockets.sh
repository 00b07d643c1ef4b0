# needs: python3:websockets
# expect: tcp/8765 http,websocket http
cat >s.py <<'PY'
import asyncio, websockets
async def echo(ws, *a):
    async for m in ws: await ws.send(m)
async def main():
    async with websockets.serve(echo, "0.0.0.0", 8765, subprotocols=["chat"]): await asyncio.Future()
asyncio.run(main())
PY
cat >c.py <<'PY'
import asyncio, websockets
async def main():
    async with websockets.connect("ws://10.77.0.1:8765/x", subprotocols=["chat"]) as ws:
        await ws.send("hello"); print(await ws.recv())
asyncio.run(main())
PY
serve /usr/bin/python3 s.py
await tcp 8765
/usr/bin/python3 c.py
