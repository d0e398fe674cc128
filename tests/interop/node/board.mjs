// SPDX-License-Identifier: MIT
// Chromium with the page of examples/firmware: node board.mjs URL-OF-THE-PAGE. Uses the page as a
// person would, then the page's own WebSocket API. WSS_SCREENSHOT names a file to take a picture to.
// Prints one JSON object.
import { withPage } from './chromium.mjs';

const url = process.argv[2];
const shot = process.env.WSS_SCREENSHOT;

async function say(page, text) {
  const before = await page.locator('#log li.received').count();
  await page.locator('#text').fill(text);
  await page.locator('#send').click();
  await page.locator('#log li.received').nth(before).waitFor();
  return page.locator('#log li.received').first().evaluate((item) => item.firstChild.data);
}

async function usePage(page) {
  await page.setViewportSize({ width: 720, height: 360 });
  await page.goto(url);
  await page.locator('#state', { hasText: 'Connected' }).waitFor();
  await say(page, 'Hello from Chromium');
  const shown = await say(page, 'Grüße, 世界 🌍');
  if (shot) {
    await page.screenshot({ path: shot });
  }
  return shown;
}

// Runs inside the page.
async function useApi(lengths) {
  const event = (socket, name) =>
    new Promise((resolve) => socket.addEventListener(name, resolve, { once: true }));
  const socket = new WebSocket(location.href.replace('http', 'ws'));
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

await withPage(async (page) => {
  const problems = [];
  page.on('console', (message) => problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(String(error)));
  const shown = await usePage(page);
  const { wrong, code, wasClean } = await page.evaluate(useApi, [0, 1, 125, 126, 127, 1399, 1400]);
  console.log(JSON.stringify({ shown, problems, wrong, code, wasClean }));
});
