use strict;
use warnings;
use LWP::UserAgent;

my $agent = LWP::UserAgent->new(timeout => 5, env_proxy => 1);
$agent->get($ARGV[0]);
