// SPDX-License-Identifier: MIT
// Chromium as the client: node browser.mjs URL-OF-THE-PAGE. Uses the page as a person
// would, then the page's own WebSocket API. Prints one JSON object.
import { withPage } from './chromium.mjs';

const url = process.argv[2];

async function usePage(page) {
  await page.goto(url);
  await page.locator('#state', { hasText: 'Connected' }).waitFor();
  await page.locator('#text').fill('Grüße, 世界 🌍');
  await page.locator('#send').click();
  await page.locator('#log li.received').first().waitFor();
  return page.locator('#log li.received').first().innerText();
}

// Runs inside the page.
async function useApi(lengths) {
  const target = location.href.replace('http', 'ws');
  const event = (socket, name) =>
    new Promise((resolve) => socket.addEventListener(name, resolve, { once: true }));
  const socket = new WebSocket(target, ['chat']);
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
  const { protocol, extensions } = socket;
  socket.close(4321, 'enough');
  const { code, wasClean } = await event(socket, 'close');
  return { wrong, protocol, extensions, code, wasClean };
}

await withPage(async (page) => {
  const problems = [];
  page.on('console', (message) => problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(String(error)));
  const shown = await usePage(page);
  const api = await page.evaluate(useApi, [0, 1, 125, 126, 127, 65535, 65536, 65537, 16 << 20]);
  console.log(JSON.stringify({ shown, problems, api }));
});
