// Stores an answer: looks the prompt up, grades it, inserts the attempt, commits. The database is Sinau's own.
import Database from "better-sqlite3";
import pg from "pg";

const PROMPT = "SELECT id, learner_id, module_id, item_id, snapshot FROM prompt WHERE id = ";
const ATTEMPT = "INSERT INTO attempt (prompt_id, learner_id, module_id, item_id, response, score, correct, unsure, at) VALUES ";

export function openStore() {
  const url = process.env.DATABASE_URL;
  return url.startsWith("sqlite:") ? openSqlite(url.slice("sqlite:///".length)) : openPostgresql(url);
}

function grade(item, option) {
  return item.options.find((each) => each.correct).id === option;
}

function openSqlite(file) {
  const db = new Database(file);
  db.pragma("journal_mode = WAL");
  if (process.env.SYNCHRONOUS) db.pragma(`synchronous = ${process.env.SYNCHRONOUS}`);
  const prompt = db.prepare(`${PROMPT}?`);
  const attempt = db.prepare(`${ATTEMPT}(?, ?, ?, ?, ?, ?, ?, 0, ?)`);
  const answer = db.transaction((promptId, option) => {
    const found = prompt.get(promptId);
    const { item } = JSON.parse(found.snapshot);
    const correct = grade(item, option);
    const at = new Date().toISOString().replace("T", " ").replace("Z", "000");
    const ids = [found.id, found.learner_id, found.module_id, found.item_id];
    attempt.run(...ids, JSON.stringify([option]), Number(correct), Number(correct), at);
    return { item, correct };
  });
  return { answer };
}

function openPostgresql(connectionString) {
  const pool = new pg.Pool({ connectionString });
  async function answer(promptId, option) {
    const client = await pool.connect();
    try {
      await client.query("BEGIN");
      const found = (await client.query(`${PROMPT}$1`, [promptId])).rows[0];
      const { item } = found.snapshot;
      const correct = grade(item, option);
      const ids = [found.id, found.learner_id, found.module_id, found.item_id];
      const values = [...ids, JSON.stringify([option]), Number(correct), correct, new Date()];
      await client.query(`${ATTEMPT}($1, $2, $3, $4, $5, $6, $7, false, $8)`, values);
      await client.query("COMMIT");
      return { item, correct };
    } catch (error) {
      await client.query("ROLLBACK");
      throw error;
    } finally {
      client.release();
    }
  }
  return { answer };
}
