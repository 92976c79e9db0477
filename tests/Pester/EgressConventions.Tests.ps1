BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

Describe "The cmdlets of a node$obstacle" -Skip:($obstacle -ne '') {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        . $PSScriptRoot/Node.ps1
        $node = Start-Node
        $ns = Get-FreshNamespace
        Invoke-Node { $ns = $using:ns }
    }

    AfterAll {
        Stop-Node $node
        Remove-IfThere $ns
    }

    BeforeEach {
        Invoke-Node { $made = New-ContainerEgress c1 $ns 10.1.0.5/24, fd00:9::5/64 -Gateway 10.1.0.1, fd00:9::1 -ExcludePrefix 10.0.0.0/8 -Isolate }
        $before = Get-NodeDump $ns
    }

    AfterEach {
        Invoke-Node { Get-ContainerEgress | Remove-ContainerEgress; Get-EgressNat | Remove-EgressNat }
    }

    It 'have one error with id, category and target: <Script>' -ForEach @(
        @{ Script = { New-ContainerEgress c1 $ns 10.1.0.9/24 -Gateway 10.1.0.1 @ea }; Id = 'ContainerEgressAlreadyExists'; Category = 'ResourceExists' }
        @{ Script = { New-ContainerEgress c2 $ns 10.1.0.9/24 -Gateway 10.1.0.1 @ea }; Id = 'InterfaceAlreadyExists'; Category = 'ResourceExists' }
        @{ Script = { New-ContainerEgress a/b $ns 10.1.0.9/24 -Gateway 10.1.0.1 @ea }; Id = 'InvalidContainerId'; Category = 'InvalidArgument' }
        @{ Script = { New-ContainerEgress c2 $ns 10.1.0.9/24 @ea }; Id = 'InvalidGateway'; Category = 'InvalidArgument' }
        @{ Script = { New-ContainerEgress c2 $ns 10.1.0.9/24 -Gateway 10.1.0.1 -NatAddress ::5 @ea }; Id = 'InvalidNatAddress'; Category = 'InvalidArgument' }
        @{ Script = { New-ContainerEgress c2 egp-none 10.1.0.9/24 -Gateway 10.1.0.1 @ea }; Id = 'NetNamespaceNotFound'; Category = 'ObjectNotFound' }
        @{ Script = { Get-ContainerEgress nope @ea }; Id = 'ContainerEgressNotFound'; Category = 'ObjectNotFound' }
        @{ Script = { Test-ContainerEgress nope @ea }; Id = 'ContainerEgressNotFound'; Category = 'ObjectNotFound' }
        @{ Script = { Repair-ContainerEgress nope @ea }; Id = 'ContainerEgressNotFound'; Category = 'ObjectNotFound' }
        @{ Script = { Remove-ContainerEgress nope @ea }; Id = 'ContainerEgressNotFound'; Category = 'ObjectNotFound' }
        @{ Script = { New-EgressNat 10.1.0.5 c2 @ea }; Id = 'AddressInUse'; Category = 'ResourceExists' }
        @{ Script = { New-EgressNat 10.1.0.5 c1 @ea }; Id = 'EgressNatAlreadyExists'; Category = 'ResourceExists' }
        @{ Script = { Get-EgressNat 10.9.9.9 @ea }; Id = 'EgressNatNotFound'; Category = 'ObjectNotFound' }
        @{ Script = { Remove-EgressNat 10.9.9.9 @ea }; Id = 'EgressNatNotFound'; Category = 'ObjectNotFound' }
    ) {
        Invoke-Node { $ea = @{} }
        $fault = Assert-NodeFault $Script $Id $Category
        $fault.FullyQualifiedErrorId | Should -BeLike "*.$($fault.CategoryInfo.Activity -replace '-')Command"
        $fault.CategoryInfo.TargetType | Should -Not -BeNullOrEmpty
        $fault.CategoryInfo.TargetType | Should -Not -BeLike 'EgressNet.Commands*'
        Invoke-Node { $ea = @{ ErrorAction = 'Ignore' } }
        Invoke-Node $Script | Should -BeNullOrEmpty
        Invoke-Node { $ea = @{ ErrorAction = 'Stop' } }
        (Get-NodeJob $Script).JobStateInfo.Reason.ErrorRecord.FullyQualifiedErrorId | Should -BeExactly $fault.FullyQualifiedErrorId
        Assert-Same $before (Get-NodeDump $ns)
    }

    It 'are silent where a wildcard meets nothing' {
        Invoke-Node {
            Get-ContainerEgress q*
            Test-ContainerEgress q*
            Repair-ContainerEgress q*
            Remove-ContainerEgress q*
            Get-EgressNat 203.*
            Remove-EgressNat 203.*
        } | Should -BeNullOrEmpty
    }

    It 'describe the change with -WhatIf and make none: <Script>' -ForEach @(
        @{ Script = { New-ContainerEgress c2 $ns 10.2.0.5/24 -Gateway 10.2.0.1 -Name eg2 -WhatIf }; Line = 'add NAT 10.2.0.5 masquerade (egress/c2/eg2)' }
        @{ Script = { Remove-ContainerEgress c1* -WhatIf }; Line = '"Remove container egress" on target "egress/c1/eg0 (10.1.0.5/24, fd00:9::5/64) by ' }
        @{ Script = { Repair-ContainerEgress -InputObject $made -WhatIf }; Line = '"Repair container egress" on target "egress/c1/eg0: ContainerMtu of eg0: 1400, not 1500' }
        @{ Script = { New-EgressNat 10.9.0.5 c9 -WhatIf }; Line = '"Add source NAT" on target "10.9.0.5 masquerade (egress/c9/eg0)"' }
        @{ Script = { Remove-EgressNat 172.* -WhatIf }; Line = '"Remove source NAT" on target "172.16.0.5 masquerade (egress/c8/eg0)' }
        @{ Script = { New-EgressVeth eg5 $ns -ContainerId c5 -WhatIf }; Line = '"Create veth pair" on target "eg5 in NS <-> veth' }
    ) {
        Invoke-Ip -n $ns link set eg0 mtu 1400
        $null = Invoke-Node { New-EgressNat 172.16.0.5 c8 }
        $before = Get-NodeDump $ns
        $lines = @(Invoke-Node { $script = [scriptblock]::Create($using:Script); Get-WhatIf $script })
        $lines | Should -BeLike 'What if: *'
        $lines | Where-Object { $_.Contains($Line.Replace('NS', $ns)) } | Should -HaveCount 1 -Because "$lines"
        # A new egress tells every change.
        if ($Script -notlike '*New-ContainerEgress*') {
            $lines | Should -HaveCount 1
        }

        Assert-Same $before (Get-NodeDump $ns)
        Invoke-Node { Remove-EgressNat 172.16.0.5 }
    }

    It 'take what they emit' {
        $made, $read = Invoke-Node {
            [System.Management.Automation.PSSerializer]::Serialize($made)
            [System.Management.Automation.PSSerializer]::Serialize((Get-ContainerEgress))
        }
        $read | Should -BeExactly $made
        foreach ($script in { Get-ContainerEgress | Get-ContainerEgress }, { Get-ContainerEgress | Test-ContainerEgress },
            { Get-ContainerEgress | Get-EgressNat }, { Get-ContainerEgress | Get-EgressVeth },
            { Get-ContainerEgress | Get-NetRoute }, { Get-ContainerEgress | Get-NetIPAddress },
            { Get-EgressNat | Get-EgressNat }, { Get-EgressNat | Get-ContainerEgress }) {
            Invoke-Node $script | Should -Not -BeNullOrEmpty -Because "$script"
        }

        Invoke-Ip -n $ns link set eg0 mtu 1400
        Invoke-Node { Test-ContainerEgress | Repair-ContainerEgress } | Should -BeNullOrEmpty
        Invoke-Node { (Get-ContainerEgress | Test-ContainerEgress).InDesiredState } | Should -BeTrue
        "$(Invoke-Node { Get-ContainerEgress | Remove-ContainerEgress -PassThru })" | Should -BeExactly 'egress/c1/eg0'
        Invoke-Node { Get-ContainerEgress; Get-EgressNat } | Should -BeNullOrEmpty
    }

    It 'emit <Type>, which comes back from a job with its columns' -ForEach @(
        @{ Type = 'ContainerEgress'; Script = { Get-ContainerEgress }; Command = 'Get-ContainerEgress' }
        @{ Type = 'EgressNat'; Script = { Get-EgressNat }; Command = 'Get-EgressNat' }
        @{ Type = 'ContainerEgressTest'; Script = { Test-ContainerEgress }; Command = 'Test-ContainerEgress' }
        @{ Type = 'EgressDifference'; Script = { (Test-ContainerEgress).Findings }; Command = $null }
    ) {
        Invoke-Ip -n $ns link set eg0 mtu 1300
        if ($Command) {
            Invoke-Node { (Get-Command $using:Command).OutputType.Name } | Should -BeExactly "EgressNet.$Type"
        }

        $columns = ([xml](Get-Content "$((Get-Module EgressNet).ModuleBase)/EgressNet.Format.ps1xml")).SelectNodes(
            "//View[ViewSelectedBy/TypeName='EgressNet.$Type']//PropertyName").InnerText
        $columns | Should -Not -BeNullOrEmpty
        $copies = @(Invoke-Node $Script)
        $texts = Invoke-Node { & ([scriptblock]::Create($using:Script)) | ForEach-Object { $one = $_; "$one"; ($using:columns).ForEach({ "$($one.$_)" }) } }
        $copies.ForEach({ $one = $_; "$one"; $columns.ForEach({ "$($one.$_)" }) }) | Should -BeExactly $texts
        $copies.ForEach({ $_.PSTypeNames[0] }) | Select-Object -Unique | Should -BeExactly "Deserialized.EgressNet.$Type"
    }

    It 'offer the ids: <_>' -ForEach @(
        'Get-ContainerEgress c', 'Test-ContainerEgress c', 'Repair-ContainerEgress c', 'Remove-ContainerEgress c', 'Get-EgressNat -ContainerId c'
    ) {
        $match = Invoke-Node { (TabExpansion2 $using:_).CompletionMatches }
        $match.CompletionText | Should -BeExactly 'c1'
        $match.ToolTip | Should -BeLike 'egress/c1/eg0 *'
    }
}
