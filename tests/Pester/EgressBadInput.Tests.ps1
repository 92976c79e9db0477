BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

Describe "Bad input of egress$obstacle" -Skip:($obstacle -ne '') {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        . $PSScriptRoot/Node.ps1
        $node = Start-Node -Off
        $ns = Get-FreshNamespace
        $before = Get-NodeDump $ns
    }

    AfterEach {
        Invoke-Node { Get-ContainerEgress | Remove-ContainerEgress; Get-EgressNat | Remove-EgressNat }
    }

    AfterAll {
        Stop-Node $node
        Remove-IfThere $ns
    }

    # With: the arguments that differ from good ones, where it is not Value for Parameter alone.
    It 'New-ContainerEgress refuses <What> in <Parameter>' -ForEach @(
        foreach ($id in @(
                @{ What = 'a slash'; Value = 'a/b' }
                @{ What = 'a blank'; Value = 'a b' }
                @{ What = 'a dot in front'; Value = '.a' }
                @{ What = 'a hyphen in front'; Value = '-a' }
                @{ What = 'another script'; Value = 'käfig' }
                @{ What = 'a line break behind'; Value = "a`n" }
                @{ What = 'a colon'; Value = 'a:b' }
                @{ What = 'a wildcard'; Value = 'a*' }
            )) {
            @{ Parameter = 'ContainerId'; Id = 'InvalidContainerId'; Target = $id.Value } + $id
            @{ Parameter = 'Network'; Id = 'InvalidContainerId'; Target = 'c1' } + $id
        }

        $long = 'a' * 190
        @{ What = 'an id too long for the kernel'; Parameter = 'ContainerId'; Value = $long; Id = 'InvalidContainerId'; Target = $long }

        foreach ($address in @(
                @{ What = 'a multicast address'; Value = '224.0.0.5/24'; Gateway = '224.0.0.1' }
                @{ What = 'an IPv6 multicast address'; Value = 'ff02::5/64'; Gateway = 'fd00:9::1' }
                @{ What = 'the unspecified address'; Value = '0.0.0.0/8'; Gateway = '10.1.0.1' }
            )) {
            @{ What = $address.What; Parameter = 'IPAddress'; Value = $address.Value; Id = 'InvalidArgument'; Target = $address.Value
                With = @{ IPAddress = $address.Value; Gateway = $address.Gateway } }
        }

        @{ What = 'a loopback address'; Parameter = 'IPAddress'; Value = '127.0.0.5'; Id = 'InvalidArgument'; Target = 'c1'; With = @{ IPAddress = '127.0.0.5/8'; Gateway = '127.0.0.1' } }
        @{ What = 'the same address twice'; Parameter = 'IPAddress'; Value = '10.1.0.5'; Id = 'InvalidArgument'; Target = 'c1'; With = @{ IPAddress = '10.1.0.5/24', '10.1.0.5/16' } }
        @{ What = 'a length of 33'; Parameter = 'IPAddress'; Value = '10.1.0.5/33'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData' }
        @{ What = 'no length'; Parameter = 'PrefixLength'; Value = '10.1.0.5'; Id = 'InvalidPrefixLength'; Target = '10.1.0.5'; With = @{ IPAddress = '10.1.0.5' } }
        @{ What = 'two lengths'; Parameter = 'PrefixLength'; Value = '25'; Id = 'InvalidPrefixLength'; Target = '10.1.0.5/24' }
        @{ What = 'a length of 33'; Parameter = 'PrefixLength'; Value = '33'; Id = 'InvalidPrefixLength'; Target = '10.1.0.5'; With = @{ IPAddress = '10.1.0.5'; PrefixLength = 33 } }
        @{ What = 'none'; Parameter = 'Gateway'; Value = '10.1.0.5/24'; Id = 'InvalidGateway'; Target = '10.1.0.5/24'; With = @{ Gateway = @() } }
        @{ What = 'the other family'; Parameter = 'Gateway'; Value = '10.1.0.5/24'; Id = 'InvalidGateway'; Target = '10.1.0.5/24'; With = @{ Gateway = 'fd00:9::1' } }
        @{ What = 'the address itself'; Parameter = 'Gateway'; Value = '10.1.0.5'; Id = 'InvalidGateway'; Target = 'c1' }
        @{ What = 'no address'; Parameter = 'Gateway'; Value = '10.1.0'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData' }
        @{ What = 'the other family'; Parameter = 'Route'; Value = 'fd00:8::/32'; Id = 'InvalidArgument'; Target = 'fd00:8::/32' }
        @{ What = 'host bits'; Parameter = 'Route'; Value = '10.1.0.5/8'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData' }
        @{ What = 'a gateway of the other family'; Parameter = 'Route'; Value = 'fd00:9::1'; Id = 'InvalidArgument'; Target = 'c1'; With = @{ Route = '10.0.0.0/8 via fd00:9::1' } }
        @{ What = 'the other family'; Parameter = 'NatAddress'; Value = 'fd00:2::10'; Id = 'InvalidNatAddress'; Target = 'c1' }
        @{ What = 'one with NoNat'; Parameter = 'NatAddress'; Value = '192.0.2.10'; Id = 'InvalidNatAddress'; Target = '192.0.2.10'; With = @{ NatAddress = '192.0.2.10'; NoNat = $true } }
        @{ What = 'the unspecified address'; Parameter = 'NatAddress'; Value = '0.0.0.0'; Id = 'InvalidNatAddress'; Target = 'c1' }
        @{ What = 'a multicast address'; Parameter = 'NatAddress'; Value = '224.0.0.9'; Id = 'InvalidNatAddress'; Target = 'c1' }
        @{ What = 'two of one family'; Parameter = 'NatAddress'; Value = '192.0.2.11'; Id = 'InvalidNatAddress'; Target = '192.0.2.11'; With = @{ NatAddress = '192.0.2.10', '192.0.2.11' } }
        @{ What = 'two of one family'; Parameter = 'Gateway'; Value = '10.1.0.2'; Id = 'InvalidGateway'; Target = '10.1.0.2'; With = @{ Gateway = '10.1.0.1', '10.1.0.2' } }
        @{ What = 'the other family'; Parameter = 'ExcludePrefix'; Value = 'fd00:8::/32'; Id = 'InvalidNatAddress'; Target = 'c1' }
        @{ What = 'host bits'; Parameter = 'ExcludePrefix'; Value = '10.1.0.5/8'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData' }
        @{ What = 'no such choice'; Parameter = 'PortRandomization'; Value = 'Sometimes'; Id = 'CannotConvertArgumentNoMessage' }
        foreach ($mtu in 67, 65536) {
            @{ What = 'an MTU out of range'; Parameter = 'Mtu'; Value = "$mtu"; Id = 'ParameterArgumentValidationError'; Category = 'InvalidData' }
        }

        @{ What = 'less than IPv6 needs'; Parameter = 'Mtu'; Value = '1279'; Id = 'MtuTooSmallForIPv6'; Target = 'c1'; With = @{ IPAddress = 'fd00:9::5/64'; Gateway = 'fd00:9::1'; Mtu = 1279 } }
        foreach ($parameter in 'Name', 'HostInterface') {
            foreach ($name in 'abcdefghijklmnop', 'a/b', 'a b', '.') {
                @{ What = "'$name'"; Parameter = $parameter; Value = $name; Id = 'ParameterArgumentValidationError'; Category = 'InvalidData' }
            }
        }

        foreach ($parameter in 'MacAddress', 'HostMacAddress') {
            foreach ($mac in '01:00:5e:10:00:01', '00:00:00:00:00:00', '02:00:5e:10:00') {
                @{ What = $mac; Parameter = $parameter; Value = $mac; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData' }
            }
        }
    ) {
        $given = @{ ContainerId = 'c1'; NetNamespace = $ns; IPAddress = '10.1.0.5/24'; Gateway = '10.1.0.1' }
        $with = $With ?? @{ $Parameter = $Value }
        $with.Keys | ForEach-Object { $given[$_] = $with[$_] }
        if (-not $given.Gateway) {
            $given.Remove('Gateway')
        }

        $fault = Assert-NodeFault { $given = $using:given; New-ContainerEgress @given } $Id ($Category ?? 'InvalidArgument')
        "$fault".Contains($Parameter) | Should -BeTrue -Because "'$fault' names $Parameter"
        "$fault".Contains((Get-ShownText $Value)) | Should -BeTrue -Because "'$fault' names $Value"
        if ($Target) {
            "$($fault.TargetObject)" | Should -BeExactly $Target
        }

        Assert-Same $before (Get-NodeDump $ns)
    }

    It 'New-ContainerEgress refuses a namespace that <What>' -ForEach @(
        @{ What = 'is not there'; Value = 'egp-never-there'; Id = 'NetNamespaceNotFound'; Category = 'ObjectNotFound' }
        @{ What = 'is none'; Value = '/etc/passwd'; Id = 'NotANetNamespace'; Category = 'InvalidArgument' }
        @{ What = 'is the node''s own'; Value = 'NODE'; Id = 'NetNamespaceIsOwn'; Category = 'InvalidArgument' }
    ) {
        $container = $Value.Replace('NODE', $node.Name)
        $fault = Assert-NodeFault { New-ContainerEgress c1 $using:container 10.1.0.5/24 -Gateway 10.1.0.1 } $Id $Category
        "$fault".Contains($container) | Should -BeTrue -Because "'$fault' names $container"
        Assert-Same $before (Get-NodeDump $ns)
    }

    It 'New-EgressNat refuses <What> in <Parameter>' -ForEach @(
        @{ What = 'a slash'; Parameter = 'ContainerId'; Value = 'a/b'; Id = 'InvalidContainerId' }
        @{ What = 'a slash'; Parameter = 'Network'; Value = 'a/b'; Id = 'InvalidContainerId' }
        @{ What = 'an id too long'; Parameter = 'ContainerId'; Value = ('a' * 200); Id = 'InvalidContainerId' }
        @{ What = 'a multicast address'; Parameter = 'IPAddress'; Value = '224.0.0.5'; Id = 'InvalidArgument' }
        @{ What = 'a loopback address'; Parameter = 'IPAddress'; Value = '::1'; Id = 'InvalidArgument' }
        @{ What = 'no address'; Parameter = 'IPAddress'; Value = '10.1.0'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData' }
        @{ What = 'the other family'; Parameter = 'NatAddress'; Value = 'fd00:2::10'; Id = 'InvalidNatAddress' }
        @{ What = 'the unspecified address'; Parameter = 'NatAddress'; Value = '0.0.0.0'; Id = 'InvalidNatAddress' }
        @{ What = 'the other family'; Parameter = 'ExcludePrefix'; Value = 'fd00:8::/32'; Id = 'InvalidNatAddress' }
    ) {
        $given = @{ IPAddress = '10.1.0.5'; ContainerId = 'c1' }
        $given[$Parameter] = $Value
        $fault = Assert-NodeFault { $given = $using:given; New-EgressNat @given } $Id ($Category ?? 'InvalidArgument')
        "$fault".Contains($Parameter) | Should -BeTrue -Because "'$fault' names $Parameter"
        "$fault".Contains((Get-ShownText $Value)) | Should -BeTrue -Because "'$fault' names $Value"
        Assert-Same $before (Get-NodeDump $ns)
    }

    It 'New-EgressVeth refuses <What> in <Parameter>' -ForEach @(
        @{ What = 'a slash'; Parameter = 'ContainerId'; Value = 'a/b' }
        @{ What = 'a blank'; Parameter = 'Network'; Value = 'a b' }
        @{ What = 'an id too long'; Parameter = 'ContainerId'; Value = ('a' * 200) }
    ) {
        $given = @{ Name = 'eg0'; NetNamespace = $ns; ContainerId = 'c1' }
        $given[$Parameter] = $Value
        $fault = Assert-NodeFault { $given = $using:given; New-EgressVeth @given } InvalidContainerId InvalidArgument
        "$fault".Contains($Parameter) | Should -BeTrue -Because "'$fault' names $Parameter"
        "$fault".Contains((Get-ShownText $Value)) | Should -BeTrue -Because "'$fault' names $Value"
        Assert-Same $before (Get-NodeDump $ns)
    }

    It 'makes none of a container of which one address is refused' {
        $trial = Get-NodeJob {
            '10.1.0.5/24', '10.1.0.6/24', 'fd00:9::5/64' | ForEach-Object { [pscustomobject]@{ IPAddress = $_ } } |
                New-ContainerEgress c1 $using:ns -Gateway 10.1.0.1
        }
        "$($trial.Output.Count) $($trial.Error.Count)" | Should -BeExactly '0 1'
        "$($trial.Error[0])" | Should -BeLike "*Gateway*'fd00:9::5/64'*"
        Assert-Same $before (Get-NodeDump $ns)
    }

    It 'makes the next container after one with a refused address' {
        $trial = Get-NodeJob {
            [pscustomobject]@{ ContainerId = 'c1'; IPAddress = '10.1.0.5/24'; Gateway = 'fd00:9::1' },
            [pscustomobject]@{ ContainerId = 'c2'; IPAddress = '10.1.0.5/24'; Gateway = '10.1.0.1' } | New-ContainerEgress -NetNamespace $using:ns
        }
        Set-Forwarding $node 0
        "$($trial.Output) $($trial.Error.TargetObject)" | Should -BeExactly 'egress/c2/eg0 10.1.0.5/24'
    }

    It 'says which step the kernel refused' {
        Invoke-Ip -n $ns link add x0 type veth peer name x1
        Invoke-Ip -n $ns link set x0 up
        Invoke-Ip -n $ns route add 10.1.0.1/32 dev x0
        try {
            $before = Get-NodeDump $ns
            $fault = Assert-NodeFault { New-ContainerEgress c1 $using:ns 10.1.0.5/24 -Gateway 10.1.0.1 } RouteAlreadyExists ResourceExists
            "$fault" | Should -BeLike '*c1*10.1.0.1/32*EEXIST*'
            # Forwarding stays on: something else may rely on it by now.
            Assert-Same ($before -replace 'forwarding 0 0', 'forwarding 1 0') (Get-NodeDump $ns)
        }
        finally {
            Invoke-Ip -n $ns link del x0
        }
    }

    It 'takes a name of 200 bytes in all' {
        $id = 'a' * 189
        Invoke-Node { New-ContainerEgress $using:id $using:ns 10.1.0.5/24 -Gateway 10.1.0.1; (Test-ContainerEgress).InDesiredState } |
            Join-String -Separator ' ' | Should -BeExactly "egress/$id/eg0 True"
    }
}
