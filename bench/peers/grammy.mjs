// grammY on Node's own HTTP server, as its documentation has it; answers are stored by better-sqlite3 or pg.
import { createServer } from "node:http";
import { Bot, InlineKeyboard, webhookCallback } from "grammy";
import { openStore } from "./store.mjs";

const { TOKEN, API_URL, PORT, SECRET } = process.env;
const store = await openStore();
const bot = new Bot(TOKEN, { client: { apiRoot: API_URL } });

bot.callbackQuery(/^an:(\d+):(\w+)$/, async (ctx) => {
  const promptId = Number(ctx.match[1]);
  const option = ctx.match[2];
  const { item, correct } = await store.answer(promptId, option);
  const verdict = correct ? "Tepat" : "Belum tepat";
  await ctx.answerCallbackQuery();
  await ctx.editMessageText(`<b>${verdict}</b>\n\n${item.text}\n\n${item.explanation}`, {
    parse_mode: "HTML",
    reply_markup: new InlineKeyboard().text("Soal berikutnya", `pr:${promptId}`),
  });
});

const handle = webhookCallback(bot, "http", { secretToken: SECRET });
createServer((request, response) => {
  handle(request, response).catch((error) => {
    console.error(error);
    response.writeHead(500).end();
  });
}).listen(Number(PORT), "127.0.0.1", () => bot.api.setWebhook("http://127.0.0.1/webhook", { secret_token: SECRET }));
