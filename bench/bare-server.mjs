// The yardstick: Fastify parsing the same JSON and answering the same bytes, with nothing in between.
import Fastify from 'fastify';

const [port, replyBytes] = process.argv.slice(2).map(Number);
const reply = { success: true, decisions: [], padding: '' };
reply.padding = 'x'.repeat(Math.max(0, replyBytes - JSON.stringify(reply).length));
const text = JSON.stringify(reply);

const app = Fastify({ bodyLimit: 600_000 });
app.addContentTypeParser('text/plain', { parseAs: 'string' }, (_request, body, done) => {
  try {
    done(null, JSON.parse(body));
  } catch (cause) {
    done(cause);
  }
});
app.post('/v1/batch', (_request, response) => {
  response.header('content-type', 'application/json').send(text);
});
await app.listen({ port, host: '127.0.0.1' });
