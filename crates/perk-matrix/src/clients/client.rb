require "net/http"

uri = URI(ARGV[0])
options = { use_ssl: uri.scheme == "https", open_timeout: 5, read_timeout: 5 }
Net::HTTP.start(uri.hostname, uri.port, **options) { |http| http.get(uri.request_uri) }
