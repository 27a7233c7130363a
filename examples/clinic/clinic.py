# Clinic software in 30 lines: reminds of each visit, and hears who wants to move it. python3 clinic.py (3.8 or later, nothing to install)
import json, os, re, urllib.error, urllib.request

BOX = os.environ.get("SIMPOST_URL", "http://127.0.0.1:8025")
VISITS = [{"id": "visit-17", "phone": "050 123 45 67", "name": "Олена", "at": "2027-03-01T10:00:00+02:00"}]


def ask(path, body=None, **headers):
    headers.update({"Authorization": "Bearer " + os.environ["SIMPOST_KEY"], "Content-Type": "application/json"})
    request = urllib.request.Request(BOX + path, json.dumps(body).encode() if body else None, headers)
    try:
        return json.load(urllib.request.urlopen(request, timeout=30))
    except urllib.error.HTTPError as problem:
        raise SystemExit(json.load(problem)["detail"])


for visit in VISITS:
    at = visit["at"]
    text = f"{visit['name']}, чекаємо на вас {at[8:10]}.{at[5:7]} о {at[11:16]}, вул. Садова, 3. Щоб перенести, відповідайте ПЕРЕНОС."
    message = {"to": visit["phone"], "text": text, "reference": visit["id"], "topic": "visit"}
    # The same request again, after a crash or a timeout, sends nothing twice.
    answer = ask("/v1/messages", message, **{"Idempotency-Key": "reminder-" + visit["id"]})
    print(f"{visit['id']}: {answer['id']} {answer['status']}")

for text in ask("/v1/inbound")["data"]:
    if re.search("перенос|перенести", text["text"] or "", re.I):
        print(f"call back: {text['from']}: {text['text']}")
