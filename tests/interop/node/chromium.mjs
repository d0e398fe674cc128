// SPDX-License-Identifier: MIT
// Starts Chromium for one page, and ends it. Knows nothing of what the page is for.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const args = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

export async function withPage(use) {
  const profile = await mkdtemp(join(tmpdir(), 'wss-browser-'));
  const executablePath = process.env.WSS_CHROMIUM ?? '/usr/bin/chromium';
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath, headless: true, args,
    ignoreHTTPSErrors: process.env.WSS_ANY_CERTIFICATE === '1',
  });
  try {
    await use(browser.pages()[0] ?? (await browser.newPage()));
  } finally {
    await browser.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
