// SPDX-License-Identifier: MIT
// The npm package ws as the server, with compression on: the scenarios of
// tests/interop/servers/scenarios.py, and the same lines of JSON.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { WebSocketServer } from 'ws';

const lengths = [0, 1, 125, 126, 127, 65535, 65536, 65537, 1 << 20, 16 << 20];
const protocols = ['chat.v2', 'chat.v1']; // the preferred one first
const many = 300;

// What came, in order: a client may send before the scenario asks.
class Inbox {
  #items = [];
  #waiting = [];

  put(item) {
    const waiting = this.#waiting.shift();
    if (waiting) waiting(item);
    else this.#items.push(item);
  }

  async take() {
    if (this.#items.length > 0) return this.#items.shift();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}

function same(sent, [data, isBinary]) {
  return isBinary === (typeof sent !== 'string') && Buffer.from(sent).equals(data);
}

function texts(length) {
  return 'é'.repeat(length >> 1) + 'x'.repeat(length & 1);
}

function sendPieces(socket, message) {
  const bytes = Buffer.from(message);
  const binary = typeof message !== 'string';
  const middle = bytes.length >> 1; // text may be cut within a character
  socket.send(bytes.subarray(0, middle), { binary, fin: false });
  socket.send(Buffer.alloc(0), { binary, fin: false });
  socket.ping('between');
  socket.send(bytes.subarray(middle), { binary, fin: true });
}

async function drive(socket, inbox, largest) {
  const wrong = [];
  const singles = lengths
    .filter((length) => length <= largest)
    .flatMap((length) => [randomBytes(length), texts(length)]);
  for (const message of singles) {
    socket.send(message);
    if (!same(message, await inbox.take())) wrong.push(`one ${message.length}`);
  }
  for (const message of singles) {
    sendPieces(socket, message);
    if (!same(message, await inbox.take())) wrong.push(`fragments ${message.length}`);
  }
  for (const payload of ['', 'x'.repeat(125)]) {
    const ponged = new Promise((resolve) => {
      socket.on('pong', (data) => data.toString() === payload && resolve());
    });
    socket.ping(payload);
    await ponged;
  }
  const messages = Array.from({ length: many }, (_, number) => texts(number * 17));
  messages.forEach((message) => socket.send(message));
  for (const [number, message] of messages.entries()) {
    if (!same(message, await inbox.take())) wrong.push(`number ${number}`);
  }
  socket.close(1000, 'compared');
  return { compared: 2 * singles.length + many, wrong };
}

async function echo(socket, inbox) {
  for (;;) {
    const item = await inbox.take();
    if (item === null) return {};
    socket.send(item[0], { binary: item[1] });
  }
}

function pairs(flat) {
  return flat.flatMap((name, at) => (at % 2 ? [] : [[name.toLowerCase(), flat[at + 1]]]));
}

async function report(socket, inbox, request) {
  const seen = {
    fields: pairs(request.rawHeaders),
    protocol: socket.protocol || null,
    extensions: socket.extensions ? [socket.extensions] : [],
  };
  socket.send(JSON.stringify(seen));
  socket.close(1000);
  return {};
}

function close(socket, code, reason) {
  if (code === 0) socket.close();
  else socket.close(code, reason);
  return {};
}

async function serve(socket, request) {
  const [name, first, second] = request.url.slice(1).split('/');
  const inbox = new Inbox();
  socket.on('message', (data, isBinary) => inbox.put([data, isBinary]));
  socket.on('close', () => inbox.put(null));
  const closed = once(socket, 'close');
  const outcome = { scenario: name };
  if (name === 'echo') await echo(socket, inbox);
  if (name === 'drive') Object.assign(outcome, await drive(socket, inbox, Number(first)));
  if (name === 'report') await report(socket, inbox, request);
  if (name === 'close') close(socket, Number(first), second);
  if (name === 'fin') request.socket.end();
  if (name === 'reset') request.socket.resetAndDestroy();
  [outcome.code] = await closed;
  console.log(JSON.stringify(outcome));
}

// As WSS_PEER_CERT and WSS_PEER_KEY say; else plain TCP.
function transport() {
  const { WSS_PEER_CERT: cert, WSS_PEER_KEY: key } = process.env;
  if (!cert || !key) return http.createServer();
  return https.createServer({ cert: readFileSync(cert), key: readFileSync(key) });
}

const listener = transport();
const server = new WebSocketServer({
  server: listener,
  perMessageDeflate: true,
  maxPayload: 0,
  handleProtocols: (offered) => protocols.find((name) => offered.has(name)) ?? false,
});
server.on('connection', (socket, request) => {
  socket.on('error', () => {}); // its end is what counts
  serve(socket, request);
});
listener.listen(0, '127.0.0.1');
await once(listener, 'listening');
console.log(JSON.stringify({ port: listener.address().port }));
