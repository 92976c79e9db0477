# Every shape of route and address that ip can make, as its own words; what a kernel lacks is left out.

$RouteShapes = @'
add 10.20.0.0/16 dev d0
add 10.20.0.0/16 dev d1 metric 5
add 10.21.0.0/16 via 10.0.0.1
add 10.22.0.0/16 via 10.0.0.1 src 10.0.0.2
add 10.23.0.0/16 dev d0 scope global
add 10.24.0.0/16 dev d0 scope host
add 10.25.0.0/16 dev d0 scope 200
add 10.26.0.0/16 dev d0 proto static
add 10.27.0.0/16 dev d0 proto bgp
add 10.28.0.0/16 dev d0 proto 200
add 10.29.0.0/16 dev d0 metric 4294967295
add 10.20.0.0/16 dev d0 table 100
add 10.20.0.0/16 via 10.0.0.1 table 300
add 10.20.0.0/16 dev d1 table 4294967295
add 10.20.0.0/16 dev d1 table default
add 10.30.0.0/16 dev d0
append 10.30.0.0/16 dev d1
append 10.30.0.0/16 via 10.0.0.9
append 10.30.0.0/16 dev d0 src 10.0.0.2
add 10.31.0.0/16 dev d0
add 10.31.0.0/16 tos 0x10 via 10.0.0.1
append 10.31.0.0/16 tos 0x10 dev d1
add 10.32.0.0/16 via inet6 fd00::1 dev d0
add 10.33.0.0/16 via 203.0.113.1 dev d0 onlink
add blackhole 10.34.0.0/16
add unreachable 10.35.0.0/16 metric 7
add prohibit 10.36.0.0/16
add throw 10.37.0.0/16 table 100
add 10.38.0.0/16 nexthop via 10.0.0.1 weight 3 nexthop via 10.1.0.1
add 10.39.0.0/16 nexthop via 10.0.0.1 nexthop dev d1 weight 256
add 10.40.0.0/16 nexthop via inet6 fd00::1 dev d0 nexthop via 10.1.0.1
add 10.41.0.0/16 nexthop via 203.0.113.1 dev d0 onlink nexthop via 10.1.0.1 dev d1
add 10.42.0.0/16 dev d0 mtu 1400
add 10.43.0.0/16 dev d0 mtu lock 1300 advmss 1000
add 10.44.0.0/16 dev d0 window 9000 rtt 100ms rttvar 50ms ssthresh 12 cwnd lock 10 initcwnd 20 initrwnd 30
add 10.45.0.0/16 dev d0 hoplimit 33 quickack 1 reordering 5 rto_min 200ms features ecn
add 10.46.0.0/16 dev d0 congctl reno
add 10.47.0.0/16 dev d0 realm 5
add 10.48.0.0/16 nhid 10
add 10.49.0.0/16 nhid 12
add 10.50.0.0/16 nhid 13
add 10.51.0.0/16 encap ip id 5 dst 10.0.0.7 ttl 9 dev d0
add 10.53.0.0/24 dev d1
add local 10.99.0.1 dev lo table local
add 10.54.0.0/16 via 10.53.0.1
add 10.55.0.0/16 via 10.53.0.1 src 10.99.0.1
add 10.56.0.0/16 dev d0 src 10.99.0.1
add broadcast 10.57.0.255 dev d0 table local
add multicast 239.0.0.0/8 dev d0
add default via 10.0.0.1
append default via 10.1.0.1
add default via 10.53.0.1 metric 100
add default dev d1 table 200
add 10.58.0.1 dev d0
add 10.59.0.0/16 dev d0 fastopen_no_cookie 1
-6 add fd10::/32 dev d0
-6 append fd10::/32 dev d1
-6 add fd11::/32 dev d0 metric 5
-6 add fd11::/32 dev d1 metric 6
-6 add fd12::/32 via fd00::1
-6 add fd13::/32 via fd00::1 src fd00::2
-6 add fd14::/32 dev d0 expires 3600
-6 add fd15::/32 dev d0 pref high
-6 add fd16::/32 via fd00::1 pref low
-6 add fd17::/32 dev d1 table 300
-6 add fd17::/32 via fd01::1 table 4294967295
-6 add blackhole fd18::/32
-6 add unreachable fd19::/32
-6 add prohibit fd1a::/32 metric 9
-6 add throw fd1b::/32 table 100
-6 add fd1c::/32 nexthop via fd00::1 weight 3 nexthop via fd01::1
-6 add fd1d::/32 nexthop via fe80::1 dev d0 nexthop via fe80::2 dev d1 weight 9
-6 add fd1e::/32 via fd99::1 dev d0 onlink
-6 add fd1f::/32 dev d0 mtu 1400 advmss 1000 hoplimit 3
-6 add fd20::/32 dev d0 mtu lock 1300
-6 add fd21::/32 dev d0 proto static
-6 add fd22::/32 nhid 20
-6 add fd23::/32 nhid 22
-6 add fd24::/32 encap seg6 mode encap segs fd00::9 dev d0
-6 add fd25::/32 encap ip6 id 7 dst fd00::7 dev d0
-6 add fd26::/32 from fd30::/64 dev d0
-6 add fd27::/64 dev d1
-6 add local fd99::9 dev lo table local
-6 add fd28::/32 via fd27::1
-6 add fd29::/32 via fd27::1 src fd99::9
-6 add default via fd00::1
-6 add default via fe80::1 dev d1 metric 2000
-6 add default via fd27::1 metric 3000
-6 add fd2a::1 dev d0
-6 add fd2b::/32 dev d0 congctl reno
-6 add fd2c::/32 via fe80::7 dev d0
-6 append fd2c::/32 via fe80::8 dev d1
-6 add multicast ff05::/16 dev d0 table local
'@.Split("`n")

$NexthopShapes = @'
add id 10 via 10.0.0.1 dev d0
add id 11 via 10.1.0.1 dev d1
add id 12 group 10/11,3
add id 13 blackhole
add id 20 via fd00::1 dev d0
add id 21 via fd01::1 dev d1
add id 22 group 20/21
'@.Split("`n")

$AddressShapes = @'
10.0.0.1/24 dev d0
10.0.0.2/24 dev d0
10.0.0.3/24 dev d0 label d0:x
10.0.0.1/16 dev d0
10.0.0.9/16 dev d0
10.1.0.1/24 brd + dev d0
10.1.0.2/24 brd 10.1.0.77 dev d0
10.2.0.1 peer 10.2.0.9/32 dev d0
10.2.0.1 peer 10.2.0.10/32 dev d0
10.2.1.1 peer 10.2.1.9/24 dev d0
10.2.1.2 peer 10.2.1.9/24 dev d0
10.3.0.1/24 dev d0 scope link
10.4.0.1/24 dev d0 noprefixroute
10.5.0.1/24 dev d0 metric 77
10.6.0.1/24 dev d0 valid_lft 3600 preferred_lft 1800
10.7.0.1/24 dev d0 valid_lft 3600 preferred_lft 0
10.8.0.1/32 dev d0
10.0.0.77/24 dev d1
10.0.0.78/24 dev d1
127.0.0.9/8 dev lo
fd00::1/64 dev d0 nodad
fd00::2/64 dev d0 nodad
fd01::1/128 dev d0 nodad
fd02::1 peer fd02::9/128 dev d0 nodad
fd03::1/64 dev d0 nodad noprefixroute
fd04::1/64 dev d0 nodad metric 77
fd05::1/64 dev d0 nodad valid_lft 3600 preferred_lft 1800
fd06::1/64 dev d0 nodad preferred_lft 0
fd07::1/64 dev d0 nodad home
fd08::1/64 dev d0 nodad mngtmpaddr
fd0a::1/64 dev d1
fe80::1/64 dev d0 nodad
fe80::2/64 dev d0 nodad scope link
2001:db8::1/64 dev d1 nodad
ff05::5/128 dev d1 nodad autojoin
fd0b::1/64 dev lo
'@.Split("`n")

# A namespace with two veth pairs that are up, d0 and d1 one end of each, without addresses.
function Get-Site {
    $name = Get-NewName
    Invoke-Ip netns add $name
    @(
        'link set lo up'
        foreach ($pair in 'd0', 'd1') {
            "link add $pair type veth peer name ${pair}p"
            "link set $pair addrgenmode none up"
            "link set ${pair}p addrgenmode none up"
        }
    ) | Invoke-Ip -n $name -batch -
    $name
}

# The addresses that the routes need; link-local ones as each interface has one.
function Add-SiteAddress([string] $Namespace) {
    'fe80::a/64 dev d0 nodad', 'fe80::b/64 dev d1 nodad', 'fe80::c/64 dev d0p nodad', 'fe80::d/64 dev d1p nodad',
    '10.0.0.2/24 dev d0', '10.1.0.2/24 dev d1', 'fd00::2/64 dev d0 nodad', 'fd01::2/64 dev d1 nodad' |
        ForEach-Object { "address add $_" } | Invoke-Ip -n $Namespace -batch -
    $NexthopShapes | ForEach-Object { "nexthop $_" } | Invoke-Ip -n $Namespace -batch -
}

# Makes each shape that the kernel takes; returns how many.
function Add-Shape([string] $Namespace, [string] $Kind, [string[]] $Shape) {
    $refused = 0
    foreach ($family in '-4', '-6') {
        $lines = $Shape | Where-Object { ($_ -match '^-6|^[0-9a-f]*:') -eq ($family -eq '-6') }
        $said = $lines -replace '^-6 ' | ForEach-Object { $Kind -eq 'address' ? "address add $_" : "route $_" } |
            ip -n $Namespace $family -force -batch - 2>&1
        $refused += @("$said" -split 'Command failed').Count - 1
    }

    $Shape.Count - $refused
}

# What ip -j -d says of all routes or addresses, a line each, without the seconds that run.
function Get-Shape([string] $Namespace, [string] $Query) {
    foreach ($family in '-4', '-6') {
        foreach ($item in Get-IpJson $Namespace "$family $Query") {
            foreach ($address in $item.addr_info ?? @($item)) {
                if ($address.valid_life_time -lt [uint]::MaxValue -and $address.valid_life_time) {
                    $address.valid_life_time = 'limited'
                    $address.preferred_life_time = $address.preferred_life_time ? 'limited' : 0
                }

                if ($address.expires) {
                    $address.expires = 'later'
                }

                "$($item.ifname) $($address | ConvertTo-Json -Depth 9 -Compress)"
            }
        }
    }
}

# That nothing is missing and nothing more is there, in any order.
function Assert-Shape([string[]] $Before, [string[]] $After) {
    Compare-Object $Before $After -CaseSensitive |
        ForEach-Object { "$($_.SideIndicator) $($_.InputObject)" } | Should -BeNullOrEmpty
}

# The items in an order that the seed gives. Get-Random's seed would be that of the names too.
function Get-Shuffled([object[]] $Item, [int] $Seed) {
    $random = [System.Random]::new($Seed)
    $Item | Sort-Object { $random.Next() }
}
