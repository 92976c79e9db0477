BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    . $PSScriptRoot/Node.ps1
    $obstacle = Get-NodeObstacle $PSScriptRoot
}

Describe "Bad input of egress$obstacle" -Skip:($obstacle -ne '') {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        . $PSScriptRoot/Node.ps1
        $node = Start-Node $PSScriptRoot -Off
        $ns = Get-FreshNamespace
    }

    BeforeEach {
        $before = Get-NodeDump $ns
    }

    AfterEach {
        $null = Get-NodeTrial 'Get-ContainerEgress | Remove-ContainerEgress; Get-EgressNat | Remove-EgressNat'
    }

    AfterAll {
        Stop-Node $node
        Remove-IfThere $ns
    }

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
            @{ Parameter = 'ContainerId'; Id = 'InvalidContainerId'; Target = $id.Value; Given = "-ContainerId '$($id.Value)' NS 10.1.0.5/24 -Gateway 10.1.0.1" } + $id
            @{ Parameter = 'Network'; Id = 'InvalidContainerId'; Target = 'c1'; Given = "c1 NS 10.1.0.5/24 -Gateway 10.1.0.1 -Network '$($id.Value)'" } + $id
        }

        $long = 'a' * 190
        @{ What = 'an id too long for the kernel'; Parameter = 'ContainerId'; Value = $long; Id = 'InvalidContainerId'; Target = $long; Given = "$long NS 10.1.0.5/24 -Gateway 10.1.0.1" }

        foreach ($address in @(
                @{ What = 'a multicast address'; Value = '224.0.0.5/24'; Gateway = '224.0.0.1' }
                @{ What = 'an IPv6 multicast address'; Value = 'ff02::5/64'; Gateway = 'fd00:9::1' }
                @{ What = 'the unspecified address'; Value = '0.0.0.0/8'; Gateway = '10.1.0.1' }
            )) {
            @{ Parameter = 'IPAddress'; Id = 'InvalidArgument'; Target = $address.Value; Given = "c1 NS $($address.Value) -Gateway $($address.Gateway)" } + $address
        }

        @{ What = 'a loopback address'; Parameter = 'IPAddress'; Value = '127.0.0.5'; Id = 'InvalidArgument'; Target = 'c1'; Given = 'c1 NS 127.0.0.5/8 -Gateway 127.0.0.1' }
        @{ What = 'the same address twice'; Parameter = 'IPAddress'; Value = '10.1.0.5'; Id = 'InvalidArgument'; Target = 'c1'; Given = 'c1 NS 10.1.0.5/24, 10.1.0.5/16 -Gateway 10.1.0.1' }
        @{ What = 'a length of 33'; Parameter = 'IPAddress'; Value = '10.1.0.5/33'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Given = 'c1 NS 10.1.0.5/33 -Gateway 10.1.0.1' }
        @{ What = 'no length'; Parameter = 'PrefixLength'; Value = '10.1.0.5'; Id = 'InvalidPrefixLength'; Target = '10.1.0.5'; Given = 'c1 NS 10.1.0.5 -Gateway 10.1.0.1' }
        @{ What = 'two lengths'; Parameter = 'PrefixLength'; Value = '25'; Id = 'InvalidPrefixLength'; Target = '10.1.0.5/24'; Given = 'c1 NS 10.1.0.5/24 -PrefixLength 25 -Gateway 10.1.0.1' }
        @{ What = 'a length of 33'; Parameter = 'PrefixLength'; Value = '33'; Id = 'InvalidPrefixLength'; Target = '10.1.0.5'; Given = 'c1 NS 10.1.0.5 -PrefixLength 33 -Gateway 10.1.0.1' }
        @{ What = 'none'; Parameter = 'Gateway'; Value = '10.1.0.5/24'; Id = 'InvalidGateway'; Target = '10.1.0.5/24'; Given = 'c1 NS 10.1.0.5/24' }
        @{ What = 'the other family'; Parameter = 'Gateway'; Value = '10.1.0.5/24'; Id = 'InvalidGateway'; Target = '10.1.0.5/24'; Given = 'c1 NS 10.1.0.5/24 -Gateway fd00:9::1' }
        @{ What = 'the address itself'; Parameter = 'Gateway'; Value = '10.1.0.5'; Id = 'InvalidGateway'; Target = 'c1'; Given = 'c1 NS 10.1.0.5/24 -Gateway 10.1.0.5' }
        @{ What = 'no address'; Parameter = 'Gateway'; Value = '10.1.0'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Given = 'c1 NS 10.1.0.5/24 -Gateway 10.1.0' }
        @{ What = 'the other family'; Parameter = 'Route'; Value = 'fd00:8::/32'; Id = 'InvalidArgument'; Target = 'fd00:8::/32'; Given = 'c1 NS 10.1.0.5/24 -Gateway 10.1.0.1 -Route fd00:8::/32' }
        @{ What = 'host bits'; Parameter = 'Route'; Value = '10.1.0.5/8'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Given = 'c1 NS 10.1.0.5/24 -Gateway 10.1.0.1 -Route 10.1.0.5/8' }
        @{ What = 'a gateway of the other family'; Parameter = 'Route'; Value = 'fd00:9::1'; Id = 'InvalidArgument'; Target = 'c1'; Given = "c1 NS 10.1.0.5/24 -Gateway 10.1.0.1 -Route '10.0.0.0/8 via fd00:9::1'" }
        @{ What = 'the other family'; Parameter = 'NatAddress'; Value = 'fd00:2::10'; Id = 'InvalidNatAddress'; Target = 'c1'; Given = 'c1 NS 10.1.0.5/24 -Gateway 10.1.0.1 -NatAddress fd00:2::10' }
        @{ What = 'one with NoNat'; Parameter = 'NatAddress'; Value = '192.0.2.10'; Id = 'InvalidNatAddress'; Target = '192.0.2.10'; Given = 'c1 NS 10.1.0.5/24 -Gateway 10.1.0.1 -NatAddress 192.0.2.10 -NoNat' }
        @{ What = 'the unspecified address'; Parameter = 'NatAddress'; Value = '0.0.0.0'; Id = 'InvalidNatAddress'; Target = 'c1'; Given = 'c1 NS 10.1.0.5/24 -Gateway 10.1.0.1 -NatAddress 0.0.0.0' }
        @{ What = 'a multicast address'; Parameter = 'NatAddress'; Value = '224.0.0.9'; Id = 'InvalidNatAddress'; Target = 'c1'; Given = 'c1 NS 10.1.0.5/24 -Gateway 10.1.0.1 -NatAddress 224.0.0.9' }
        @{ What = 'two of one family'; Parameter = 'NatAddress'; Value = '192.0.2.11'; Id = 'InvalidNatAddress'; Target = '192.0.2.11'; Given = 'c1 NS 10.1.0.5/24 -Gateway 10.1.0.1 -NatAddress 192.0.2.10, 192.0.2.11' }
        @{ What = 'two of one family'; Parameter = 'Gateway'; Value = '10.1.0.2'; Id = 'InvalidGateway'; Target = '10.1.0.2'; Given = 'c1 NS 10.1.0.5/24 -Gateway 10.1.0.1, 10.1.0.2' }
        @{ What = 'the other family'; Parameter = 'ExcludePrefix'; Value = 'fd00:8::/32'; Id = 'InvalidNatAddress'; Target = 'c1'; Given = 'c1 NS 10.1.0.5/24 -Gateway 10.1.0.1 -ExcludePrefix fd00:8::/32' }
        @{ What = 'host bits'; Parameter = 'ExcludePrefix'; Value = '10.1.0.5/8'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Given = 'c1 NS 10.1.0.5/24 -Gateway 10.1.0.1 -ExcludePrefix 10.1.0.5/8' }
        @{ What = 'no such choice'; Parameter = 'PortRandomization'; Value = 'Sometimes'; Id = 'CannotConvertArgumentNoMessage'; Category = 'InvalidArgument'; Given = 'c1 NS 10.1.0.5/24 -Gateway 10.1.0.1 -PortRandomization Sometimes' }
        foreach ($mtu in 67, 65536) {
            @{ What = 'an MTU out of range'; Parameter = 'Mtu'; Value = "$mtu"; Id = 'ParameterArgumentValidationError'; Category = 'InvalidData'; Given = "c1 NS 10.1.0.5/24 -Gateway 10.1.0.1 -Mtu $mtu" }
        }

        @{ What = 'less than IPv6 needs'; Parameter = 'Mtu'; Value = '1279'; Id = 'MtuTooSmallForIPv6'; Target = 'c1'; Given = 'c1 NS fd00:9::5/64 -Gateway fd00:9::1 -Mtu 1279' }
        foreach ($parameter in 'Name', 'HostInterface') {
            foreach ($name in 'abcdefghijklmnop', 'a/b', 'a b', '.') {
                @{ What = "'$name'"; Parameter = $parameter; Value = $name; Id = 'ParameterArgumentValidationError'; Category = 'InvalidData'; Given = "c1 NS 10.1.0.5/24 -Gateway 10.1.0.1 -$parameter '$name'" }
            }
        }

        foreach ($parameter in 'MacAddress', 'HostMacAddress') {
            foreach ($mac in '01:00:5e:10:00:01', '00:00:00:00:00:00', '02:00:5e:10:00') {
                @{ What = $mac; Parameter = $parameter; Value = $mac; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Given = "c1 NS 10.1.0.5/24 -Gateway 10.1.0.1 -$parameter $mac" }
            }
        }
    ) {
        $trial = Get-NodeTrial "New-ContainerEgress $($Given.Replace('NS', $ns))"
        $trial.Output | Should -HaveCount 0
        $trial.Errors | Should -HaveCount 1
        $fault = $trial.Errors[0]
        $fault.Id | Should -BeExactly "$Id,EgressNet.Commands.NewContainerEgressCommand"
        $fault.Category | Should -BeExactly $(if ($Category) { $Category } else { 'InvalidArgument' })
        $fault.Message.Contains($Parameter) | Should -BeTrue -Because "'$($fault.Message)' names $Parameter"
        $fault.Message.Contains($Value) | Should -BeTrue -Because "'$($fault.Message)' names $Value"
        if ($Target) {
            $fault.Target | Should -BeExactly $Target
        }

        Assert-Same $before (Get-NodeDump $ns)
    }

    It 'New-ContainerEgress refuses a namespace that <What>' -ForEach @(
        @{ What = 'is not there'; Value = 'egp-never-there'; Id = 'NetNamespaceNotFound'; Category = 'ObjectNotFound' }
        @{ What = 'is none'; Value = '/etc/passwd'; Id = 'NotANetNamespace'; Category = 'InvalidArgument' }
        @{ What = 'is the node''s own'; Value = 'NODE'; Id = 'NetNamespaceIsOwn'; Category = 'InvalidArgument' }
    ) {
        $container = $Value.Replace('NODE', $node.Name)
        $fault = Assert-NodeFault "New-ContainerEgress c1 $container 10.1.0.5/24 -Gateway 10.1.0.1" $Id $Category
        $fault.Message.Contains($container) | Should -BeTrue -Because "'$($fault.Message)' names $container"
        Assert-Same $before (Get-NodeDump $ns)
    }

    It 'New-EgressNat refuses <What> in <Parameter>' -ForEach @(
        @{ What = 'a slash'; Parameter = 'ContainerId'; Value = 'a/b'; Id = 'InvalidContainerId'; Given = "10.1.0.5 'a/b'" }
        @{ What = 'a slash'; Parameter = 'Network'; Value = 'a/b'; Id = 'InvalidContainerId'; Given = "10.1.0.5 c1 -Network 'a/b'" }
        @{ What = 'an id too long'; Parameter = 'ContainerId'; Value = ('a' * 200); Id = 'InvalidContainerId'; Given = "10.1.0.5 $('a' * 200)" }
        @{ What = 'a multicast address'; Parameter = 'IPAddress'; Value = '224.0.0.5'; Id = 'InvalidArgument'; Given = '224.0.0.5 c1' }
        @{ What = 'a loopback address'; Parameter = 'IPAddress'; Value = '::1'; Id = 'InvalidArgument'; Given = '::1 c1' }
        @{ What = 'no address'; Parameter = 'IPAddress'; Value = '10.1.0'; Id = 'ParameterArgumentTransformationError'; Category = 'InvalidData'; Given = '10.1.0 c1' }
        @{ What = 'the other family'; Parameter = 'NatAddress'; Value = 'fd00:2::10'; Id = 'InvalidNatAddress'; Given = '10.1.0.5 c1 -NatAddress fd00:2::10' }
        @{ What = 'the unspecified address'; Parameter = 'NatAddress'; Value = '0.0.0.0'; Id = 'InvalidNatAddress'; Given = '10.1.0.5 c1 -NatAddress 0.0.0.0' }
        @{ What = 'the other family'; Parameter = 'ExcludePrefix'; Value = 'fd00:8::/32'; Id = 'InvalidNatAddress'; Given = '10.1.0.5 c1 -ExcludePrefix fd00:8::/32' }
    ) {
        $fault = Assert-NodeFault "New-EgressNat $Given" $Id $(if ($Category) { $Category } else { 'InvalidArgument' })
        $fault.Message.Contains($Parameter) | Should -BeTrue -Because "'$($fault.Message)' names $Parameter"
        $fault.Message.Contains($Value) | Should -BeTrue -Because "'$($fault.Message)' names $Value"
        Assert-Same $before (Get-NodeDump $ns)
    }

    It 'New-EgressVeth refuses <What> in <Parameter>' -ForEach @(
        @{ What = 'a slash'; Parameter = 'ContainerId'; Value = 'a/b'; Given = "-ContainerId 'a/b'" }
        @{ What = 'a blank'; Parameter = 'Network'; Value = 'a b'; Given = "-ContainerId c1 -Network 'a b'" }
        @{ What = 'an id too long'; Parameter = 'ContainerId'; Value = ('a' * 200); Given = "-ContainerId $('a' * 200)" }
    ) {
        $fault = Assert-NodeFault "New-EgressVeth eg0 $ns $Given" InvalidContainerId InvalidArgument
        $fault.Message.Contains($Parameter) | Should -BeTrue -Because "'$($fault.Message)' names $Parameter"
        $fault.Message.Contains($Value) | Should -BeTrue -Because "'$($fault.Message)' names $Value"
        Assert-Same $before (Get-NodeDump $ns)
    }

    It 'makes none of a container of which one address is refused' {
        $trial = Get-NodeTrial ("'10.1.0.5/24', '10.1.0.6/24', 'fd00:9::5/64' | ForEach-Object { [pscustomobject]@{ IPAddress = `$_ } } | " +
            "New-ContainerEgress c1 $ns -Gateway 10.1.0.1")
        "$($trial.Output.Count) $($trial.Errors.Count)" | Should -BeExactly '0 1'
        $trial.Errors[0].Message | Should -BeLike "*Gateway*'fd00:9::5/64'*"
        Assert-Same $before (Get-NodeDump $ns)
    }

    It 'makes the next container after one of which one address is refused' {
        $trial = Get-NodeTrial ("[pscustomobject]@{ ContainerId = 'c1'; IPAddress = '10.1.0.5/24'; Gateway = 'fd00:9::1' }, " +
            "[pscustomobject]@{ ContainerId = 'c2'; IPAddress = '10.1.0.5/24'; Gateway = '10.1.0.1' } | New-ContainerEgress -NetNamespace $ns; " +
            'Remove-ContainerEgress *')
        "$($trial.Output) $($trial.Errors | ForEach-Object { $_.Target })" | Should -BeExactly 'egress/c2/eg0 10.1.0.5/24'
    }

    It 'says which step the kernel refused' {
        Invoke-Ip -n $ns link add x0 type veth peer name x1
        Invoke-Ip -n $ns link set x0 up
        Invoke-Ip -n $ns route add 10.1.0.1/32 dev x0
        try {
            $before = Get-NodeDump $ns
            $fault = Assert-NodeFault "New-ContainerEgress c1 $ns 10.1.0.5/24 -Gateway 10.1.0.1" RouteAlreadyExists ResourceExists
            $fault.Message | Should -BeLike '*c1*10.1.0.1/32*EEXIST*'
            Assert-Same $before (Get-NodeDump $ns)
        }
        finally {
            Invoke-Ip -n $ns link del x0
        }
    }

    It 'takes a name of 200 bytes in all' {
        $id = 'a' * 189
        $trial = Get-NodeTrial "New-ContainerEgress $id $ns 10.1.0.5/24 -Gateway 10.1.0.1; (Test-ContainerEgress).InDesiredState; Remove-ContainerEgress $id"
        $trial.Errors | Should -HaveCount 0
        "$($trial.Output)" | Should -BeExactly "egress/$id/eg0 True"
    }
}
