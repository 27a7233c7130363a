<?php
// Clinic software in 30 lines: reminds of each visit, and hears who wants to move it. php clinic.php (8.1 or later, nothing to install)
$box = getenv('SIMPOST_URL') ?: 'http://127.0.0.1:8025';
$visits = [['id' => 'visit-17', 'phone' => '050 123 45 67', 'name' => 'Олена', 'at' => '2027-03-01T10:00:00+02:00']];

function ask(string $url, ?array $body = null, string $more = ''): array
{
    $headers = 'Authorization: Bearer ' . getenv('SIMPOST_KEY') . "\r\nContent-Type: application/json\r\n$more";
    $http = ['method' => $body ? 'POST' : 'GET', 'header' => $headers, 'ignore_errors' => true, 'timeout' => 30];
    if ($body) $http['content'] = json_encode($body, JSON_UNESCAPED_UNICODE);
    $answer = json_decode(file_get_contents($url, false, stream_context_create(['http' => $http])), true);
    if (isset($answer['detail'])) exit($answer['detail'] . "\n");
    return $answer;
}

foreach ($visits as ['id' => $id, 'phone' => $phone, 'name' => $name, 'at' => $at]) {
    $day = substr($at, 8, 2) . '.' . substr($at, 5, 2);
    $text = "$name, чекаємо на вас $day о " . substr($at, 11, 5) . ', вул. Садова, 3. Щоб перенести, відповідайте ПЕРЕНОС.';
    // The same request again, after a crash or a timeout, sends nothing twice.
    $message = ['to' => $phone, 'text' => $text, 'reference' => $id, 'topic' => 'visit'];
    $answer = ask("$box/v1/messages", $message, "Idempotency-Key: reminder-$id\r\n");
    echo "$id: {$answer['id']} {$answer['status']}\n";
}

foreach (ask("$box/v1/inbound")['data'] as $text) {
    if (preg_match('/перенос|перенести/iu', $text['text'] ?? '')) echo "call back: {$text['from']}: {$text['text']}\n";
}
