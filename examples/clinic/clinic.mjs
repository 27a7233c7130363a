// Clinic software in 30 lines: reminds of each visit, and hears who wants to move it. node clinic.mjs (Node 20 or later)
const box = process.env.SIMPOST_URL ?? 'http://127.0.0.1:8025';
const headers = { authorization: `Bearer ${process.env.SIMPOST_KEY}`, 'content-type': 'application/json' };

const visits = [{ id: 'visit-17', phone: '050 123 45 67', name: 'Олена', at: '2027-03-01T10:00:00+02:00' }];

for (const { id, phone, name, at } of visits) {
  const time = at.slice(11, 16);
  const response = await fetch(`${box}/v1/messages`, {
    method: 'POST',
    // The same request again, after a crash or a timeout, sends nothing twice.
    headers: { ...headers, 'idempotency-key': `reminder-${id}` },
    body: JSON.stringify({
      to: phone,
      text: `${name}, чекаємо на вас ${at.slice(8, 10)}.${at.slice(5, 7)} о ${time}, вул. Садова, 3. Щоб перенести, відповідайте ПЕРЕНОС.`,
      reference: id,
      topic: 'visit',
    }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${id}: ${answer.detail}`);
  console.log(`${id}: ${answer.id} ${answer.status}`);
}

const inbox = await (await fetch(`${box}/v1/inbound`, { headers })).json();
for (const { from, text } of inbox.data) {
  if (/перенос|перенести/i.test(text ?? '')) console.log(`call back: ${from}: ${text}`);
}
