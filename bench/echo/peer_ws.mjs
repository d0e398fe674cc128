// SPDX-License-Identifier: MIT
//
// The echo server of comparison on Node's `ws`, which is found where the third argument
// says. It knows nothing of our engine.
//
//     node peer_ws.mjs PORT PATH-OF-ws
import { createRequire } from "node:module";

const { WebSocketServer } = createRequire(import.meta.url)(process.argv[3]);

new WebSocketServer({
  host: "127.0.0.1",
  port: Number(process.argv[2]),
  perMessageDeflate: false,
}).on("connection", (socket) => {
  socket.on("message", (data, binary) => socket.send(data, { binary }));
});
