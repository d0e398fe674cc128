// SPDX-License-Identifier: MIT
// What the page does when it does not get a connection: node page.mjs URL-OF-THE-PAGE.
// First its server refuses, then its server does not answer. Prints one JSON object.
import { withPage } from './chromium.mjs';

const url = process.argv[2];

// Runs inside the page before its script: sockets that never open.
function neverOpen() {
  window.sockets = 0;
  window.WebSocket = class {
    static CONNECTING = 0;
    static OPEN = 1;
    static CLOSED = 3;
    readyState = 0;
    constructor() { window.sockets += 1; }
  };
}

await withPage(async (page) => {
  await page.goto(url);
  await page.locator('#send', { hasText: 'Reconnect' }).waitFor();
  const refused = await page.locator('#state').innerText();

  await page.addInitScript(neverOpen);
  await page.goto(url);
  const disabled = await page.locator('#send').isDisabled();
  await page.locator('#text').press('Enter');
  await page.locator('#form').dispatchEvent('submit');
  const sockets = await page.evaluate(() => window.sockets);
  console.log(JSON.stringify({ refused, disabled, sockets }));
});
