<?php
$handle = curl_init($argv[1]);
curl_setopt($handle, CURLOPT_TIMEOUT, 5);
curl_setopt($handle, CURLOPT_RETURNTRANSFER, true);
curl_exec($handle);
