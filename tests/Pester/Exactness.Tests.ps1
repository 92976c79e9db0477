BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

Describe "Exactness$obstacle" -Skip:([bool] $obstacle) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1

        function Get-Words([string] $Prefix) {
            (ip -n $ns route show $Prefix) -join '|' -replace ' +', ' '
        }
    }

    BeforeEach {
        $ns = Get-FreshNamespace -Link -Address '192.0.2.1/24', '192.0.2.2/24'
        $other = Get-FreshNamespace -Link
    }

    AfterEach {
        Remove-IfThere $ns, $other
    }

    It 'removes an object argument from the namespace it came from' {
        Invoke-Ip -n $ns route add 10.77.0.0/16 dev v0
        $route = Get-NetRoute 10.77.0.0/16 -NetNamespace $ns
        Remove-NetRoute -InputObject $route
        Get-Words '10.77.0.0/16' | Should -BeNullOrEmpty
        $address = Get-NetIPAddress 192.0.2.2 -NetNamespace $ns
        Remove-NetIPAddress -InputObject $address
        Get-NetIPAddress '192.0.2.2*' -NetNamespace $ns | Should -BeNullOrEmpty
        New-NetIPAddress -InputObject $address | Should -Not -BeNullOrEmpty
        Get-NetIPAddress 192.0.2.2 -NetNamespace $ns | Should -HaveCount 1
    }

    It 'does not delete another metric''s route for a gone metric 0' {
        Invoke-Ip -n $ns route add 10.5.0.0/16 dev v0
        Invoke-Ip -n $ns route add 10.5.0.0/16 dev v0 metric 100
        $route = Get-NetRoute 10.5.0.0/16 -RouteMetric 0 -NetNamespace $ns
        $route | Remove-NetRoute
        { $route | Remove-NetRoute -ErrorAction Stop } | Should -Throw -ErrorId 'RouteNotFound,*'
        Get-Words '10.5.0.0/16' | Should -BeLike '*metric 100*'
    }

    It 'does not delete a route that replaced one in the pipeline' {
        Invoke-Ip -n $ns -6 route add fd31::/64 dev v0
        Invoke-Ip -n $ns -6 route add fd32::/64 dev v0
        $first, $second = Get-NetRoute fd31::/64, fd32::/64 -NetNamespace $ns
        $said = & {
            $first
            Invoke-Ip -n $ns -6 route del fd32::/64 dev v0
            Invoke-Ip -n $ns -6 route add fd32::/64 via fe80::9 dev v0
            $second
        } | Remove-NetRoute -Verbose -ErrorAction SilentlyContinue -ErrorVariable fault 4>&1
        $said | Should -Not -BeNullOrEmpty
        $fault.FullyQualifiedErrorId | Should -BeLike 'RouteNotFound,*'
        Invoke-Ip -n $ns -6 route show fd32::/64 | Should -BeLike '*via fe80::9*'
    }

    It 'removes <Count> that were made after the first was removed' -ForEach @(
        @{ Count = 3; More = @{ Verbose = $true } }
        @{ Count = 300; More = @{} }
    ) {
        1..$Count | ForEach-Object {
            New-NetRoute "10.7.$($_ % 250).$($_ -gt 249 ? 1 : 0)/32" -InterfaceAlias v0 -NetNamespace $ns
        } | Remove-NetRoute @More -ErrorAction SilentlyContinue -ErrorVariable fault 4>$null
        $fault | Should -BeNullOrEmpty
        Get-NetRoute 10.* -NetNamespace $ns | Should -BeNullOrEmpty
    }

    It 'refuses to remove a route where the kernel takes another' {
        Invoke-Ip -n $ns route add 10.30.0.0/16 dev v0 src 192.0.2.2
        Invoke-Ip -n $ns route append 10.30.0.0/16 dev v0
        $route = Get-NetRoute 10.30.0.0/16 -NetNamespace $ns | Where-Object { -not $_.PreferredSource }
        { $route | Remove-NetRoute -ErrorAction Stop } | Should -Throw -ErrorId 'RouteAmbiguous,*'
        Get-NetRoute 10.30.0.0/16 -NetNamespace $ns | Should -HaveCount 2
    }

    It 'removes the one of <Count> routes of another attribute' -ForEach @{ Count = 5 } {
        'mtu 1400', 'mtu 1300', 'mtu lock 1400', 'mtu 1400 advmss 1000', 'congctl reno' |
            ForEach-Object { "route append 10.30.0.0/16 dev v0 $_" } | Invoke-Ip -n $ns -batch -
        for ($i = $Count - 1; $i -ge 0; $i--) {
            $left = @(Get-IpJson $ns '-4 -d route show 10.30.0.0/16' | ForEach-Object { ConvertTo-Json $_ -Compress })
            @(Get-NetRoute 10.30.0.0/16 -NetNamespace $ns)[$i] | Remove-NetRoute -ErrorAction Stop
            @(Get-IpJson $ns '-4 -d route show 10.30.0.0/16' | ForEach-Object { ConvertTo-Json $_ -Compress }) |
                Should -Be @($left | Select-Object -First $i)
        }
    }

    It 'reads each of one key anew, and puts all back in order' {
        'dev v0 mtu 1400', 'dev v0 src 192.0.2.2', 'dev v0', 'via 192.0.2.8 realm 5', 'via 192.0.2.8',
        'nexthop via 192.0.2.8 weight 2 nexthop via 192.0.2.9', 'nexthop via 192.0.2.8 nexthop via 192.0.2.9' |
            ForEach-Object { "route append 10.30.0.0/16 $_" } | Invoke-Ip -n $ns -batch -
        $before = Get-Dump $ns
        $routes = @(Get-NetRoute 10.30.0.0/16 -NetNamespace $ns)
        $routes | Should -HaveCount 7
        $routes | Get-NetRoute | Should -Be $routes
        $routes | Remove-NetRoute -ErrorAction Stop
        Get-NetRoute 10.30.* -NetNamespace $ns | Should -BeNullOrEmpty
        $routes | New-NetRoute -ErrorAction Stop | Should -HaveCount 7
        Assert-Same $before (Get-Dump $ns)
    }

    It 'removes all <Count> IPv4 routes that differ by a metric' -ForEach @(
        @{ Count = 1200 }
        @{ Count = 3000 }
    ) {
        foreach ($order in 'as read', 'reversed') {
            @(1..$Count | ForEach-Object { "route append 10.0.0.0/24 dev v0 mtu $(1000 + $_)" }
                'route append 10.0.0.0/24 dev v0') | Invoke-Ip -n $ns -batch -
            $routes = @(Get-NetRoute 10.0.0.0/24 -NetNamespace $ns)
            $routes | Should -HaveCount ($Count + 1)
            if ($order -eq 'reversed') {
                [array]::Reverse($routes)
            }

            $routes | Remove-NetRoute -ErrorAction Stop
            @(Get-IpJson $ns '-4 route show 10.0.0.0/24') | Should -HaveCount 0
        }
    }

    It 'removes of pairs those that were piped, first or second' -ForEach 0, 1 {
        $prefixes = 0..999 | ForEach-Object { "10.$($_ -shr 8).$($_ -band 255).0/24" }
        $prefixes | ForEach-Object { "route add $_ dev v0 mtu 1400"; "route append $_ dev v0" } |
            Invoke-Ip -n $ns -batch -
        $routes = @(Get-NetRoute 10.* -NetNamespace $ns)
        $place = $_
        0..999 | ForEach-Object { $routes[2 * $_ + $place] } | Remove-NetRoute -ErrorAction Stop
        $left = @(Get-IpJson $ns '-4 -d route show root 10.0.0.0/8')
        $left | Should -HaveCount 1000
        @($left | Where-Object metrics).Count | Should -Be (1000 * $place)
    }

    It 'removes an IPv6 route of hops that differ by their protocol' {
        Invoke-Ip -n $ns -6 route add fd31::/64 via fe80::8 dev v0
        Invoke-Ip -n $ns -6 route append fd31::/64 via fe80::9 dev v0 proto static
        Get-NetRoute fd31::/64 -NetNamespace $ns | Remove-NetRoute -ErrorAction Stop
        @(Get-IpJson $ns '-6 route show fd31::/64') | Should -HaveCount 0
    }

    It 'changes the one meant of <Key>' -ForEach @(
        @{ Key = 'another interface'; First = 'dev v0'; Second = 'dev v1' }
        @{ Key = 'other metrics'; First = 'dev v0 advmss 1000'; Second = 'dev v0' }
    ) {
        Invoke-Ip -n $ns route add 10.7.0.0/16 @(-split $First)
        Invoke-Ip -n $ns route append 10.7.0.0/16 @(-split $Second)
        $first, $second = Get-NetRoute 10.7.0.0/16 -NetNamespace $ns
        $changed = $second | Set-NetRoute -Mtu 1234 -PassThru -ErrorAction Stop
        $changed.Mtu | Should -Be 1234
        $left = @(Get-IpJson $ns '-4 -d route show 10.7.0.0/16')
        $left | Should -HaveCount 2
        $left[0].metrics.mtu | Should -BeNullOrEmpty
        $left[1].metrics.mtu | Should -Be 1234
        $left.dev | Should -Be $first.InterfaceAlias, $second.InterfaceAlias
        ($changed | Set-NetRoute -RouteMetric 50 -PassThru).RouteMetric | Should -Be 50
        @(Get-IpJson $ns '-4 -d route show 10.7.0.0/16').metric | Should -Be $null, 50
    }

    It 'changes no route that cannot be told, nor one that is gone' {
        Invoke-Ip -n $ns route add 10.7.0.0/16 dev v0 src 192.0.2.2
        Invoke-Ip -n $ns route append 10.7.0.0/16 dev v0
        $route = Get-NetRoute 10.7.0.0/16 -NetNamespace $ns | Where-Object { -not $_.PreferredSource }
        { $route | Set-NetRoute -Mtu 1234 -ErrorAction Stop } | Should -Throw -ErrorId 'RouteAmbiguous,*'
        Get-NetRoute 10.7.0.0/16 -NetNamespace $ns | Should -HaveCount 2
        Invoke-Ip -n $ns route flush 10.7.0.0/16
        { $route | Set-NetRoute -RouteMetric 50 -ErrorAction Stop } | Should -Throw -ErrorId 'RouteNotFound,*'
        Get-Words '10.7.0.0/16' | Should -BeNullOrEmpty
    }

    It 'adds a route in another namespace by its interface name' {
        Invoke-Ip -n $ns route add 10.8.0.0/16 dev v0
        Invoke-Ip -n $other link add first type bridge
        $made = Get-NetRoute 10.8.0.0/16 -NetNamespace $ns | New-NetRoute -NetNamespace $other
        $made.InterfaceAlias | Should -BeExactly 'v0'
        (ip -n $other route show 10.8.0.0/16) | Should -BeLike '*dev v0*'
    }

    It 'finds a multipath route by each interface and gateway' {
        Invoke-Ip -n $ns route add 10.9.0.0/16 nexthop via 192.0.2.8 dev v0 nexthop dev v1
        Get-NetRoute 10.9.0.0/16 -InterfaceAlias v1 -NetNamespace $ns | Should -HaveCount 1
        Get-NetRoute 10.9.0.0/16 -NextHop 192.0.2.8 -NetNamespace $ns | Should -HaveCount 1
    }

    It 'finds an interface by altname, and fails for an absent index' {
        Invoke-Ip -n $ns link property add dev v0 altname a-long-alternative-name
        Get-NetRoute 192.0.2.0/24 -InterfaceAlias a-long-alternative-name -NetNamespace $ns | Should -HaveCount 1
        Get-NetIPAddress 192.0.2.1 -InterfaceAlias a-long-alternative-name -NetNamespace $ns | Should -HaveCount 1
        { Get-NetRoute -InterfaceIndex 9999 -NetNamespace $ns -ErrorAction Stop } |
            Should -Throw -ErrorId 'InterfaceNotFound,*'
        { Get-NetIPAddress -InterfaceIndex 9999 -NetNamespace $ns -ErrorAction Stop } |
            Should -Throw -ErrorId 'InterfaceNotFound,*'
    }

    It 'removes every IPv6 route of a stream' {
        0..19999 | ForEach-Object { 'route add fd00:{0:x}:{1:x}::/64 dev v0' -f (9 + ($_ -shr 8)), ($_ -band 255) } |
            Invoke-Ip -n $ns -6 -batch -
        Get-NetRoute -AddressFamily IPv6 -NetNamespace $ns | Where-Object DestinationPrefix -Like 'fd00:*' |
            Remove-NetRoute
        @(Get-NetRoute 'fd00:*' -NetNamespace $ns) | Should -HaveCount 0
    }

    It 'removes all <Count> routes of one destination of a stream' -ForEach @{ Count = 1200 }, @{ Count = 3000 } {
        foreach ($prefix in '10.0.0.0/24', 'fd00:9::/64') {
            1..$Count | ForEach-Object { "route add $prefix dev v$($_ % 2) metric $_" } | Invoke-Ip -n $ns -batch -
            Get-NetRoute $prefix -NetNamespace $ns | Remove-NetRoute -ErrorAction Stop
            @(Get-NetRoute -RouteTable all -NetNamespace $ns | Where-Object DestinationPrefix -EQ $prefix) |
                Should -HaveCount 0
            1..$Count | ForEach-Object { "route add $prefix dev v$($_ % 2) table $(1000 + $_)" } |
                Invoke-Ip -n $ns -batch -
            Get-NetRoute $prefix -RouteTable all -NetNamespace $ns | Remove-NetRoute
            @(Get-NetRoute -RouteTable all -NetNamespace $ns | Where-Object DestinationPrefix -EQ $prefix) |
                Should -HaveCount 0
        }
    }

    It 'does not remove another namespace that has the name by now' {
        $object = Get-NetNamespace $other
        Invoke-Ip netns del $other
        Invoke-Ip netns add $other
        { $object | Remove-NetNamespace -ErrorAction Stop } | Should -Throw -ErrorId 'NetNamespaceChanged,*'
        Get-NetNamespace $other | Should -Not -BeNullOrEmpty
    }

    It 'names the interface of every address of one pipeline' {
        $end = @{ NetNamespace = $other }
        $made = @(
            [pscustomobject]@{ InterfaceAlias = 'v0' }
            & { Invoke-Ip -n $other link add late type bridge; [pscustomobject]@{ InterfaceAlias = 'late' } }
        ) | New-NetIPAddress -IPAddress 198.51.100.1/32 @end
        $made.InterfaceAlias | Should -Be 'v0', 'late'
    }

    It 'keeps an unchanged address with -Force, and its dependents' {
        Invoke-Ip -n $ns route add 10.20.0.0/16 via 192.0.2.9 src 192.0.2.1
        $made = New-NetIPAddress 192.0.2.1/24 -InterfaceAlias v0 -NetNamespace $ns -Force
        $made.IPAddress | Should -BeExactly '192.0.2.1'
        Get-NetIPAddress 192.0.2.2 -NetNamespace $ns | Should -HaveCount 1
        Get-Words '10.20.0.0/16' | Should -BeLike '*src 192.0.2.1*'
    }

    It 'keeps the old veth when the new host name is taken' {
        $taken = (Get-NetAdapter -InterfaceIndex 1).Name
        $veth = New-EgressVeth c0 $ns
        { New-EgressVeth c0 $ns -Force -HostInterface $taken -ErrorAction Stop } |
            Should -Throw -ErrorId 'InterfaceAlreadyExists,*'
        Get-EgressVeth c0 -NetNamespace $ns | Should -HaveCount 1
        $veth | Remove-EgressVeth
    }
}
