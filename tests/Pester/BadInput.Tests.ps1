BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

Describe "Bad input$obstacle" -Skip:([bool] $obstacle) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        $ns = Get-FreshNamespace -Link -Address '192.0.2.5/24', 'fd00:2::5/64'
        Invoke-Ip -n $ns link set v1 mtu 1000
        $before = Get-Dump $ns
    }

    AfterEach {
        Assert-Same $before (Get-Dump $ns)
    }

    AfterAll {
        Remove-IfThere $ns
    }

    It '<Command> refuses <What> in <Parameter>' -ForEach @(
        foreach ($parameter in 'Name', 'HostInterface') {
            $other = if ($parameter -eq 'Name') { @{} } else { @{ Name = 'eth0' } }
            foreach ($name in @(
                    @{ What = '16 bytes'; Value = 'abcdefghijklmnop' }
                    @{ What = '16 bytes in fewer characters'; Value = 'ééééabcdéééé' }
                    @{ What = 'a slash'; Value = 'a/b' }
                    @{ What = 'a blank'; Value = 'a b' }
                    @{ What = 'a line break'; Value = "a`nb" }
                    @{ What = 'a tabulator'; Value = "a`tb" }
                    @{ What = 'a template'; Value = 'eth%d' }
                    @{ What = 'a colon'; Value = 'a:b' }
                    @{ What = 'the folder itself'; Value = '.' }
                    @{ What = 'the folder above'; Value = '..' }
                )) {
                @{
                    Command = 'New-EgressVeth'; Parameter = $parameter; What = $name.What; Value = $name.Value
                    Given = $other + @{ $parameter = $name.Value }
                }
            }
        }

        foreach ($parameter in 'MacAddress', 'HostMacAddress') {
            foreach ($mac in @(
                    @{ What = 'five bytes'; Value = '02:00:5e:10:00' }
                    @{ What = 'seven bytes'; Value = '02:00:5e:10:00:01:02' }
                    @{ What = 'a multicast address'; Value = '01:00:5e:10:00:01' }
                    @{ What = 'the broadcast address'; Value = 'ff:ff:ff:ff:ff:ff' }
                    @{ What = 'all zeros'; Value = '00:00:00:00:00:00' }
                    @{ What = 'no address'; Value = 'zz:00:5e:10:00:01' }
                )) {
                @{
                    Command = 'New-EgressVeth'; Parameter = $parameter; What = $mac.What; Value = $mac.Value
                    Given = @{ Name = 'eth0'; $parameter = $mac.Value }
                }
            }
        }

        foreach ($mtu in 67, 65536, -1) {
            @{ Command = 'New-EgressVeth'; Parameter = 'Mtu'; What = 'an MTU out of range'; Value = $mtu
                Given = @{ Name = 'eth0'; Mtu = $mtu } }
        }

        @{ Command = 'New-NetRoute'; Parameter = 'Mtu'; What = 'an MTU out of range'; Value = 65536
            Given = @{ DestinationPrefix = '10.0.0.0/8'; InterfaceAlias = 'v0'; Mtu = 65536 } }
        @{ Command = 'Set-NetRoute'; Parameter = 'Mtu'; What = 'an MTU out of range'; Value = 65536
            Given = @{ DestinationPrefix = '192.0.2.0/24'; Mtu = 65536 } }

        foreach ($command in 'New-NetRoute', 'Get-NetRoute', 'Remove-NetRoute', 'Set-NetRoute') {
            foreach ($prefix in @(
                    @{ What = 'host bits'; Value = '192.0.2.5/24' }
                    @{ What = 'host bits'; Value = 'fd00:2::5/64' }
                    @{ What = 'a length of 33'; Value = '192.0.2.0/33' }
                    @{ What = 'a length of 129'; Value = 'fd00:2::/129' }
                    @{ What = 'no length behind the slash'; Value = '192.0.2.0/' }
                    @{ What = 'a mask'; Value = '192.0.2.0/255.255.255.0' }
                    @{ What = 'three numbers'; Value = '192.0.2/24' }
                    @{ What = 'a name'; Value = 'default' }
                )) {
                $given = @{ DestinationPrefix = $prefix.Value }
                if ($command -eq 'Set-NetRoute') {
                    $given.RouteMetric = 5
                }

                @{ Command = $command; Parameter = 'DestinationPrefix'; What = $prefix.What; Value = $prefix.Value
                    Given = $given }
            }
        }

        @{ Command = 'New-NetRoute'; Parameter = 'NextHop'; What = 'an IPv4 gateway of an IPv6 route'
            Value = '192.0.2.1'
            Given = @{ DestinationPrefix = 'fd00:9::/48'; InterfaceAlias = 'v0'; NextHop = '192.0.2.1' } }
        @{ Command = 'New-NetRoute'; Parameter = 'PreferredSource'; What = 'a source of the other family'
            Value = 'fd00:2::5'
            Given = @{ DestinationPrefix = '10.0.0.0/8'; InterfaceAlias = 'v0'; PreferredSource = 'fd00:2::5' } }
        @{ Command = 'New-NetRoute'; Parameter = 'NextHop'; What = 'no address'; Value = '192.0.2'
            Given = @{ DestinationPrefix = '10.0.0.0/8'; InterfaceAlias = 'v0'; NextHop = '192.0.2' } }
        @{ Command = 'New-NetRoute'; Parameter = 'RouteTable'; What = 'no table'; Value = 'mian'
            Given = @{ DestinationPrefix = '10.0.0.0/8'; InterfaceAlias = 'v0'; RouteTable = 'mian' } }
        @{ Command = 'New-NetRoute'; Parameter = 'RouteTable'; What = 'every table'; Value = 'all'
            Given = @{ DestinationPrefix = '10.0.0.0/8'; InterfaceAlias = 'v0'; RouteTable = 'all' } }

        foreach ($address in @(
                @{ What = 'a length of 33'; Value = '198.51.100.5/33' }
                @{ What = 'a length of 129'; Value = 'fd00:9::5/129' }
                @{ What = 'three numbers'; Value = '198.51.100/24' }
                @{ What = 'a name'; Value = 'localhost/8' }
                @{ What = 'a multicast address'; Value = '224.0.0.5/24' }
                @{ What = 'the unspecified address'; Value = '0.0.0.0/8' }
            )) {
            @{ Command = 'New-NetIPAddress'; Parameter = 'IPAddress'; What = $address.What; Value = $address.Value
                Given = @{ IPAddress = $address.Value; InterfaceAlias = 'v0' } }
        }

        @{ Command = 'New-NetIPAddress'; Parameter = 'PrefixLength'; What = 'a length of 33'; Value = 33
            Given = @{ IPAddress = '198.51.100.5'; PrefixLength = 33; InterfaceAlias = 'v0' } }
        @{ Command = 'New-NetIPAddress'; Parameter = 'PrefixLength'; What = 'a length of 129'; Value = 129
            Given = @{ IPAddress = 'fd00:9::5'; PrefixLength = 129; InterfaceAlias = 'v0' } }
        @{ Command = 'New-NetIPAddress'; Parameter = 'PrefixLength'; What = 'none'; Value = '198.51.100.5'
            Given = @{ IPAddress = '198.51.100.5'; InterfaceAlias = 'v0' } }
        @{ Command = 'New-NetIPAddress'; Parameter = 'PrefixLength'; What = 'two lengths'; Value = 25
            Given = @{ IPAddress = '198.51.100.5/24'; PrefixLength = 25; InterfaceAlias = 'v0' } }
        @{ Command = 'New-NetIPAddress'; Parameter = 'Gateway'; What = 'the other family'; Value = 'fd00:9::1'
            Given = @{ IPAddress = '198.51.100.5/24'; Gateway = 'fd00:9::1'; InterfaceAlias = 'v0' } }
        @{ Command = 'New-NetIPAddress'; Parameter = 'Gateway'; What = 'the address itself'
            Value = '198.51.100.5'
            Given = @{ IPAddress = '198.51.100.5/24'; Gateway = '198.51.100.5'; InterfaceAlias = 'v0' } }
        @{ Command = 'New-NetIPAddress'; Parameter = 'DefaultGateway'; What = 'the other family'
            Value = '192.0.2.1'
            Given = @{ IPAddress = 'fd00:9::5/64'; DefaultGateway = '192.0.2.1'; InterfaceAlias = 'v0' } }
        @{ Command = 'New-NetIPAddress'; Parameter = 'Broadcast'; What = 'the other family'; Value = 'fd00:9::1'
            Given = @{ IPAddress = '198.51.100.5/24'; Broadcast = 'fd00:9::1'; InterfaceAlias = 'v0' } }
        @{ Command = 'New-NetIPAddress'; Parameter = 'Broadcast'; What = 'IPv6'; Value = '192.0.2.255'
            Given = @{ IPAddress = 'fd00:9::5/64'; Broadcast = '192.0.2.255'; InterfaceAlias = 'v0' } }
        @{ Command = 'New-NetIPAddress'; Parameter = 'Scope'; What = 'IPv6'; Value = 'Host'
            Given = @{ IPAddress = 'fd00:9::5/64'; Scope = 'Host'; InterfaceAlias = 'v0' } }
        @{ Command = 'New-NetIPAddress'; Parameter = 'Label'; What = 'IPv6'; Value = 'v0:x'
            Given = @{ IPAddress = 'fd00:9::5/64'; Label = 'v0:x'; InterfaceAlias = 'v0' } }
        @{ Command = 'New-NetIPAddress'; Parameter = 'Label'; What = 'the label of another interface'
            Value = 'v1:x'; Given = @{ IPAddress = '198.51.100.5/24'; Label = 'v1:x'; InterfaceAlias = 'v0' } }
        @{ Command = 'New-NetIPAddress'; Parameter = 'MTU'; What = 'IPv6 below an MTU of 1280'; Value = 1000
            Given = @{ IPAddress = 'fd00:9::5/64'; InterfaceAlias = 'v1' } }
        @{ Command = 'Set-PointToPointGateway'; Parameter = 'Gateway'; What = 'the other family'
            Value = 'fd00:2::1'
            Given = @{ IPAddress = '192.0.2.5/24'; Gateway = 'fd00:2::1'; InterfaceAlias = 'v0' } }
        @{ Command = 'Set-PointToPointGateway'; Parameter = 'Gateway'; What = 'the address itself'
            Value = 'fd00:2::5'
            Given = @{ IPAddress = 'fd00:2::5/64'; Gateway = 'fd00:2::5'; InterfaceAlias = 'v0' } }
        @{ Command = 'Set-PointToPointGateway'; Parameter = 'IPAddress'; What = 'a length of 33'
            Value = '192.0.2.5/33'
            Given = @{ IPAddress = '192.0.2.5/33'; Gateway = '192.0.2.1'; InterfaceAlias = 'v0' } }
        @{ Command = 'Get-NetIPAddress'; Parameter = 'IPAddress'; What = 'no address'; Value = '192.0.2'
            Given = @{ IPAddress = '192.0.2' } }
        @{ Command = 'Remove-NetIPAddress'; Parameter = 'IPAddress'; What = 'no address'; Value = '192.0.2.5/24'
            Given = @{ IPAddress = '192.0.2.5/24' } }
    ) {
        $fault = { & $Command @Given -NetNamespace $ns -ErrorAction Stop } | Should -Throw -PassThru
        "$fault" | Should -MatchExactly ([regex]::Escape($Parameter))
        "$fault" | Should -MatchExactly ([regex]::Escape((Get-ShownText $Value)))
        "$($fault.CategoryInfo.Category)" | Should -BeIn 'InvalidArgument', 'InvalidData'
    }

    It '<Command> refuses a namespace that <What>' -ForEach @(
        foreach ($command in @(
                @{ Command = 'New-EgressVeth'; Given = @{ Name = 'eth0' } }
                @{ Command = 'Get-EgressVeth'; Given = @{} }
                @{ Command = 'Get-NetAdapter'; Given = @{} }
                @{ Command = 'Get-NetIPAddress'; Given = @{} }
                @{ Command = 'New-NetIPAddress'
                    Given = @{ IPAddress = '198.51.100.5/24'; InterfaceAlias = 'v0' } }
                @{ Command = 'Remove-NetIPAddress'; Given = @{ IPAddress = '192.0.2.5' } }
                @{ Command = 'Get-NetRoute'; Given = @{} }
                @{ Command = 'New-NetRoute'
                    Given = @{ DestinationPrefix = '10.0.0.0/8'; InterfaceAlias = 'v0' } }
                @{ Command = 'Set-NetRoute'; Given = @{ DestinationPrefix = '192.0.2.0/24'; RouteMetric = 5 } }
                @{ Command = 'Remove-NetRoute'; Given = @{ DestinationPrefix = '192.0.2.0/24' } }
                @{ Command = 'Set-PointToPointGateway'
                    Given = @{ IPAddress = '192.0.2.5/24'; Gateway = '192.0.2.1'; InterfaceAlias = 'v0' } }
            )) {
            @{ What = 'is not one'; Value = '/etc/passwd'
                Id = 'NotANetNamespace'; Category = 'InvalidArgument' } + $command
            @{ What = 'is not there'; Value = 'egp-never-there'
                Id = 'NetNamespaceNotFound'; Category = 'ObjectNotFound' } + $command
            @{ What = 'is of another kind'; Value = '/proc/self/ns/uts'
                Id = 'NotANetNamespace'; Category = 'InvalidArgument' } + $command
        }
    ) {
        $fault = { & $Command @Given -NetNamespace $Value -ErrorAction Stop } |
            Should -Throw -ErrorId "$Id,*" -PassThru
        "$fault" | Should -BeLike "*$Value*"
        "$($fault.CategoryInfo.Category)" | Should -Be $Category
    }

    It 'says that a process is gone' {
        $max = [int] (Get-Content /proc/sys/kernel/pid_max)
        $fault = { Get-NetAdapter -NetNamespace $max -ErrorAction Stop } |
            Should -Throw -ErrorId 'NetNamespaceNotFound,*' -PassThru
        "$fault" | Should -BeLike "*$max*"
    }

    It 'says that a named namespace is gone whose name is left' {
        $stale = Get-NewName
        $null = New-Item "/run/netns/$stale"
        try {
            $fault = { Get-NetAdapter -NetNamespace $stale -ErrorAction Stop } |
                Should -Throw -ErrorId 'NotANetNamespace,*' -PassThru
            "$fault" | Should -BeLike "*$stale*"
        }
        finally {
            Remove-Item "/run/netns/$stale"
        }
    }

    Context 'without IPv6 on the interface' {
        BeforeAll {
            $off = Get-FreshNamespace -Link
            ip netns exec $off sysctl -q -w net.ipv6.conf.v0.disable_ipv6=1
        }

        AfterAll {
            Remove-IfThere $off
        }

        It 'IPv4 works' {
            $routes = New-NetIPAddress 192.0.2.5/24 -InterfaceAlias v0 -NetNamespace $off -Gateway 192.0.2.1 |
                Set-PointToPointGateway
            $routes | Should -HaveCount 2
        }

        It 'IPv6 says so' {
            $fault = {
                New-NetIPAddress fd00:2::5/64 -InterfaceAlias v0 -NetNamespace $off -ErrorAction Stop
            } | Should -Throw -ErrorId 'IPv6Disabled,*' -PassThru
            "$fault" | Should -BeLike '*fd00:2::5/64*'
            $fault.ErrorDetails.RecommendedAction | Should -BeLike '*disable_ipv6*'
        }
    }
}
