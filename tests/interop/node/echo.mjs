// SPDX-License-Identifier: MIT
// Chromium as the client of an echo server without a page: node echo.mjs URL-OF-THE-SOCKET.
// Prints one JSON object.
import { createServer } from 'node:http';
import { withPage } from './chromium.mjs';

// Runs inside the page.
async function talk([target, lengths]) {
  const event = (socket, name) =>
    new Promise((resolve) => socket.addEventListener(name, resolve, { once: true }));
  const socket = new WebSocket(target);
  socket.binaryType = 'arraybuffer';
  await event(socket, 'open');
  const wrong = [];
  for (const length of lengths) {
    const text = 'é'.repeat(length >> 1) + 'x'.repeat(length & 1);
    socket.send(text);
    if ((await event(socket, 'message')).data !== text) wrong.push(`text ${length}`);
    const bytes = new Uint8Array(length).map((_, index) => (index * 31) & 255);
    socket.send(bytes);
    const back = new Uint8Array((await event(socket, 'message')).data);
    if (back.length !== length || back.some((byte, index) => byte !== bytes[index])) {
      wrong.push(`binary ${length}`);
    }
  }
  socket.close(4321, 'enough');
  const { code, wasClean } = await event(socket, 'close');
  return { wrong, code, wasClean };
}

// The page has to come from this machine: others may not call it without being asked.
const pages = createServer((_, response) => response.end('<!doctype html>'));
await new Promise((resolve) => pages.listen(0, '127.0.0.1', resolve));
await withPage(async (page) => {
  await page.goto(`http://127.0.0.1:${pages.address().port}/`);
  const lengths = [0, 1, 125, 126, 127, 1000, 1400];
  console.log(JSON.stringify(await page.evaluate(talk, [process.argv[2], lengths])));
});
pages.closeAllConnections();
pages.close();
